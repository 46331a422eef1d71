import assert from "node:assert/strict";
import { after, test } from "node:test";
import { OData } from "@odata/client";
import { headers, key, person, service, type Row } from "./product";

// @odata/client signs in by Basic, calls by full names and writes its batches as multipart.
const open = (more: Record<string, string> = {}) =>
  OData.New4({ serviceEndpoint: `${service}/`, variant: "default", credential: { username: "odata-client", password: key }, commonHeaders: more });
const client = open();

type Person = { id: number; displayName: string; country: string; city: string; "@odata.etag": string };
type List = { id: number; name: string; kind: string };

test("Query_WithFilterOrderAndTop_ReadsPeople", async () => {
  const people = client.getEntitySet<Person>("influencers");
  const filter = client.newFilter().field("country").eq("FR").field("doNotContact").eq(false);
  const rows = await people.query(client.newOptions().filter(filter).orderby("displayName", "desc").select(["id", "displayName", "country"]).top(3));

  assert.equal(rows.length, 3);
  assert.ok(rows.every((r) => r.country === "FR"));
  assert.ok((await people.count(filter)) > 3);
});

test("Search_FindsPeopleWithoutTheirAccents", async () => {
  const made = await person("Hélène Çelebi-Ångström");
  const rows = await client.getEntitySet<Person>("influencers").query(client.newOptions().search('"celebi-angstrom"', false));

  assert.deepEqual(rows.map((r) => r.id), [made.id]);
});

test("Retrieve_Update_Delete_HoldToTheETag", async () => {
  const made = await person("Gwenaëlle Pennec");
  const people = client.getEntitySet<Person>("influencers");

  await assert.rejects(people.update(made.id, { city: "Vannes" }), /If-Match/);
  await open({ "If-Match": made["@odata.etag"] }).getEntitySet<Person>("influencers").update(made.id, { city: "Vannes" });
  const read = await people.retrieve(made.id);
  await assert.rejects(open({ "If-Match": made["@odata.etag"] }).getEntitySet<Person>("influencers").delete(made.id));
  await open({ "If-Match": read["@odata.etag"] }).getEntitySet<Person>("influencers").delete(made.id);

  assert.equal(read.city, "Vannes");
  await assert.rejects(people.retrieve(made.id));
});

test("ActionsAndFunctions_ByTheirShortAndFullNames", async () => {
  const made = await person("Yann Quéré");
  const lists = client.getEntitySet<List>("mediaLists");
  const list = await lists.create({ name: "@odata/client", kind: "static" });
  after(() => open({ "If-Match": "*" }).getEntitySet<List>("mediaLists").delete(list.id));

  for (const [action, changed] of [["addMembers", 1], ["InfluencerCrm.removeMembers", 1], ["InfluencerCrm.addMembers", 1]] as const) {
    const answer = await lists.action(action, list.id, { influencerIds: [made.id] });
    assert.equal(answer.changed, changed, action);
  }

  for (const name of ["resolve", "InfluencerCrm.resolve"]) {
    const people = await lists.function(name, list.id);
    assert.deepEqual(people.value.map((p: Row) => p.id), [made.id], name);
  }
});

test("Batch_InMultipartAndJson_AnswersEachRequest", async () => {
  const requests = () => [
    client.newBatchRequest<Row>({ collection: "influencers", method: "GET", params: client.newOptions().top(2).select("id") }),
    client.newBatchRequest<Row>({ collection: "outlets", method: "GET", params: client.newOptions().top(1).count(true) }),
    client.newBatchRequest<Row>({ collection: "topics", method: "POST", entity: { name: `Batched ${Date.now()} ${Math.random()}` } as never }),
  ];

  for (const answers of [await client.execBatchRequests(requests()), await client.execBatchRequestsJson(requests())]) {
    const bodies = await Promise.all(answers.map((a) => a.json()));
    const made = bodies[2] as unknown as Row;
    after(() => fetch(`${service}/topics(${made.id})`, { method: "DELETE", headers: { ...headers, "If-Match": "*" } }));

    assert.deepEqual(answers.map((a) => a.status), [200, 200, 201]);
    assert.equal(bodies[0]?.value?.length, 2);
    assert.ok(Number(bodies[1]?.["@odata.count"]) > 0);
    assert.match(made.name, /^Batched /);
  }
});
