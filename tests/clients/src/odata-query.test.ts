import assert from "node:assert/strict";
import { test } from "node:test";
import buildQuery from "odata-query";
import { person, read, send, type Page, type Row } from "./product";

// odata-query writes the query strings, fetch sends them: the way most pages and scripts read OData.

test("Targeting_TopicLanguageCountry_AndNothingSinceADate", async () => {
  const since = new Date(Date.now() - 30 * 24 * 3600 * 1000);
  const query = buildQuery<Row>({
    filter: {
      and: [
        { topics: { any: { "topic/name": "Home batteries", stance: "covers" } } },
        { language: "fr", country: "FR", doNotContact: false },
        { not: { interactions: { any: { occurredAt: { ge: since } } } } },
      ],
    },
    select: ["id", "displayName", "language", "country", "lastInteractionAt"],
    orderBy: ["lastInteractionAt desc"],
    expand: { topics: { select: ["stance"], expand: { topic: { select: ["name"] } } } } as never,
    count: true,
    top: 50,
  });

  const page = await read(`influencers${query}`);

  assert.ok(page.value.length > 0);
  assert.equal(page["@odata.count"], page.value.length);
  for (const row of page.value) {
    assert.deepEqual([row.language, row.country], ["fr", "FR"]);
    assert.ok(row.topics.some((t: Row) => t.topic.name === "Home batteries" && t.stance === "covers"));
    assert.ok(row.lastInteractionAt === null || new Date(row.lastInteractionAt) < since);
  }
});

test("LoggingAnInteraction_ShowsInThePersonsHistory_NewestFirst", async () => {
  const made = await person("Nolwenn Abgrall");
  for (const [kind, occurredAt] of [["call", "2026-01-10T09:00:00Z"], ["meeting", "2026-02-10T09:00:00Z"]]) {
    assert.equal((await send("POST", "interactions", { influencerId: made.id, kind, occurredAt, outcome: "interested" })).status, 201);
  }

  const page = await read(`influencers(${made.id})${buildQuery<Row>({ select: ["id"], expand: { interactions: { select: ["kind"], orderBy: "occurredAt desc", top: 1 } } as never })}`) as unknown as Row;

  assert.deepEqual(page.interactions.map((i: Row) => i.kind), ["meeting"]);
});

test("Reporting_GroupedAndSummed", async () => {
  const byKind = await read(`interactions${buildQuery<Row>({ transform: [{ groupBy: { properties: ["kind"], transform: [{ aggregate: [{ id: { with: "countdistinct" as never, as: "n" } }] }] } }] })}`);
  const all = await read(`interactions${buildQuery<Row>({ top: 1, count: true })}`);
  const reach = await read(`coverage${buildQuery<Row>({ transform: [{ filter: { status: "confirmed" } }, { aggregate: [{ reach: { with: "sum" as never, as: "reach" } }] }] })}`);

  assert.equal(byKind.value.reduce((sum, row) => sum + row.n, 0), all["@odata.count"]);
  assert.ok(reach.value[0]?.reach > 0);
});

test("Paging_ByNextLinks_BringsEachRowOnce", async () => {
  let page: Page = await read(`influencers${buildQuery<Row>({ select: ["id"], orderBy: ["country", "displayName desc"], count: true })}`, { Prefer: "odata.maxpagesize=37" });
  const total = page["@odata.count"];
  const ids = page.value.map((r) => r.id);
  while (page["@odata.nextLink"]) {
    assert.equal(page.value.length, 37);
    page = await read(page["@odata.nextLink"], { Prefer: "odata.maxpagesize=37" });
    ids.push(...page.value.map((r) => r.id));
  }

  assert.equal(ids.length, total);
  assert.equal(new Set(ids).size, total);
});

test("Search_IgnoresCaseAndAccents", async () => {
  const made = await person("Éloïse Kervégan-Zöller");

  const page = await read(`influencers${buildQuery<Row>({ search: '"kervegan-ZOLLER"', select: ["id"] })}`);

  assert.deepEqual(page.value.map((r) => r.id), [made.id]);
});

test("Functions_AndPathsWithKeys", async () => {
  const lists = await read(`mediaLists${buildQuery<Row>({ filter: { kind: "dynamic" }, top: 1 })}`);
  const sendOuts = await read(`sendOuts${buildQuery<Row>({ filter: { status: "completed" }, top: 1 })}`);

  const people = await read(`mediaLists${buildQuery<Row>({ key: lists.value[0]!.id, func: "resolve" })}?$select=id&$top=2`);
  const progress = await read<Record<string, any>>(`sendOuts${buildQuery<Row>({ key: sendOuts.value[0]!.id, func: "progress" })}`);

  assert.equal(people.value.length, 2);
  assert.equal(progress.status, "completed");
  assert.ok(progress.byStatus.sent > 0);
});

test("DeltaLinks_BringWhatChangedAndWhatWent", async () => {
  for (const version of ["4.0", "4.01"]) {
    const [kept, gone] = [await person(`Delta Kept ${version}`), await person(`Delta Gone ${version}`)];
    const asked = { "OData-MaxVersion": version, Prefer: "odata.track-changes" };
    let page: Page = await read(`influencers${buildQuery<Row>({ select: ["id", "city"] })}`, asked);
    while (page["@odata.nextLink"] ?? page["@nextLink" as never]) {
      page = await read((page["@odata.nextLink"] ?? page["@nextLink" as never]) as string, asked);
    }

    const link = page["@odata.deltaLink"] ?? page["@deltaLink" as never];
    assert.ok(link, version);
    await send("PATCH", `influencers(${kept.id})`, { city: "Auray" }, { "If-Match": "*" });
    await send("DELETE", `influencers(${gone.id})`, undefined, { "If-Match": "*" });

    const delta = await read(link as string, { "OData-MaxVersion": version });
    const removed = delta.value.filter((r) => (version === "4.0" ? String(r["@odata.context"]).endsWith("#influencers/$deletedEntity") : "@removed" in r || "@odata.removed" in r));

    assert.ok(delta.value.some((r) => r.id === kept.id && r.city === "Auray"), JSON.stringify(delta));
    assert.ok(removed.some((r) => JSON.stringify(r).includes(`influencers(${gone.id})`) || r.id === gone.id), JSON.stringify(delta));
  }
});
