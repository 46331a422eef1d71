import assert from "node:assert/strict";
import { request, type IncomingMessage } from "node:http";
import { test } from "node:test";
import { key, service } from "./product";

// What Power Query (Excel, Power BI) sends: it speaks 4.0 at most, and signs in by Basic with any user name.
const mashup = {
  "User-Agent": "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)",
  "MaxDataServiceVersion": "3.0",
  "OData-MaxVersion": "4.0",
  "Accept-Encoding": "gzip, deflate",
};
const feed = "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7";
const basic = { Authorization: "Basic " + Buffer.from(`anybody:${key}`).toString("base64") };

const get = (address: string, accept = feed, more: Record<string, string> = basic) =>
  fetch(address.startsWith("http") ? address : service + address, { headers: { ...mashup, Accept: accept, ...more } });

async function table(address: string): Promise<{ rows: Record<string, unknown>[]; next: string | undefined; count: number | undefined }> {
  const response = await get(address);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  const page = JSON.parse(text);
  return { rows: page.value, next: page["@odata.nextLink"], count: page["@odata.count"] };
}

test("ATable_WithoutCredentials_AsksForBasic", async () => {
  // Not by fetch: it says of itself that it is a browser's, and those are not asked for Basic.
  const answer = await new Promise<IncomingMessage>((resolve, reject) => request(`${service}/influencers?$top=1`, { headers: { ...mashup, Accept: feed } }, resolve).on("error", reject).end());
  answer.resume();

  assert.equal(answer.statusCode, 401);
  assert.match(answer.headers["www-authenticate"] ?? "", /Basic realm=/);
});

test("ServiceDocument_IsMinimalJsonOfVersion40_WithEverySet", async () => {
  for (const root of ["", "/"]) {
    const response = await get(root);
    const document = (await response.json()) as { "@odata.context": string; value: { name: string; kind: string; url: string }[] };

    assert.equal(response.status, 200);
    assert.equal(response.headers.get("odata-version"), "4.0");
    assert.match(response.headers.get("content-type") ?? "", /^application\/json;\s*odata\.metadata=minimal/);
    assert.equal(document["@odata.context"], `${service}/$metadata`);
    assert.ok(document.value.some((s) => s.name === "influencers" && s.kind === "EntitySet" && s.url === "influencers"));
  }
});

test("Metadata_IsXmlOfVersion40_AlsoForTheFeedsAcceptHeader", async () => {
  for (const accept of ["application/xml", feed]) {
    const response = await get("/$metadata", accept);
    const text = await response.text();

    assert.equal(response.status, 200);
    assert.equal(response.headers.get("odata-version"), "4.0");
    assert.match(response.headers.get("content-type") ?? "", /^application\/xml/);
    assert.match(text, /<edmx:Edmx Version="4\.0"/);
  }
});

test("EverySetOfTheServiceDocument_IsReadAsTheNavigatorPreviewsIt", async () => {
  const document = (await (await get("")).json()) as { value: { url: string }[] };

  for (const { url } of document.value) {
    const { rows } = await table(`/${url}?$top=200`);
    assert.ok(Array.isArray(rows), url);
  }
});

test("ATable_IsReadToItsEndByNextLinks_EachRowOnce", async () => {
  let page = await table("/interactions?$select=id,occurredAt,kind&$count=true");
  const expected = page.count;
  const ids = page.rows.map((r) => r.id);
  for (let pages = 1; page.next && pages < 100; pages++) {
    page = await table(page.next);
    ids.push(...page.rows.map((r) => r.id));
  }

  assert.ok(expected !== undefined && expected > 100);
  assert.equal(new Set(ids).size, expected);
  assert.equal(ids.length, expected);
});

test("StepsThatFold_FilterSortSelectSkipTop_AreAnsweredInThatOrder", async () => {
  const query = "/influencers?$filter=country eq 'FR' and lastInteractionAt ge 2020-01-01T00:00:00Z and contains(displayName,'e')&$orderby=displayName,id desc&$select=displayName,country,id";
  const all = (await table(`${query}&$top=20`)).rows;
  const part = (await table(`${query}&$skip=5&$top=10`)).rows;

  assert.equal(all.length, 20);
  assert.deepEqual(part, all.slice(5, 15));
});

test("StepsThatFold_ExpandAColumnAndCountRows", async () => {
  const { rows } = await table("/influencers?$select=id&$expand=topics($select=id;$expand=topic($select=name))&$top=5");
  const count = await get("/influencers/$count?$filter=country eq 'FR'", "text/plain");

  assert.ok(rows.every((r) => Array.isArray(r.topics)));
  assert.match(await count.text(), /^\uFEFF?\d+$/);
});

test("StepsThatFold_GroupBy_AsApply", async () => {
  const { rows } = await table("/interactions?$apply=groupby((kind),aggregate($count as n))");

  assert.ok(rows.length > 1);
  assert.ok(rows.every((r) => typeof r.kind === "string" && Number(r.n) > 0));
});
