import { after } from "node:test";

/** The running product, as scripts/lib/clients.sh started it. */
export const url = required("INFLUENCERCRM_URL");
export const key = required("INFLUENCERCRM_KEY");
export const service = `${url}/odata`;

/** What every row carries besides its own properties. */
export type Row = { id: number; "@odata.etag": string } & Record<string, any>;

export type Page = { value: Row[]; "@odata.count"?: number; "@odata.nextLink"?: string; "@odata.deltaLink"?: string };

export const headers = { "X-Api-Key": key, "Content-Type": "application/json" };

/** Reads an address of the service, relative or as a link of the service gave it, and fails with the product's own words. */
export async function read<T = Page>(address: string, more: Record<string, string> = {}): Promise<T> {
  const response = await fetch(address.startsWith("http") ? address : `${service}/${address.replace(/^\//, "")}`, { headers: { ...headers, ...more } });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${response.status} for ${address}: ${text}`);
  }

  return JSON.parse(text) as T;
}

export async function send(method: string, address: string, body?: unknown, more: Record<string, string> = {}): Promise<Response> {
  return fetch(address.startsWith("http") ? address : `${service}/${address}`, { method, headers: { ...headers, ...more }, body: body === undefined ? undefined : JSON.stringify(body) });
}

/** A person of the test's own, gone again at its end. */
export async function person(displayName: string, more: Record<string, unknown> = {}): Promise<Row> {
  const response = await send("POST", "influencers", { kind: "journalist", displayName, ...more });
  if (response.status !== 201) {
    throw new Error(`${response.status}: ${await response.text()}`);
  }

  const row = (await response.json()) as Row;
  after(async () => {
    await send("DELETE", `influencers(${row.id})`, undefined, { "If-Match": "*" });
  });
  return row;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start the tests by scripts/test.sh clients.`);
  }

  return value;
}
