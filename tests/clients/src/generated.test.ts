import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FetchClient, FetchClientError } from "@odata2ts/http-client-fetch";
import { InfluencerCrmService } from "../generated/crm/InfluencerCrmService";
import { InfluencerKind, InteractionKind, InteractionStatus, MediaListKind, SendOutStatus } from "../generated/crm/InfluencerCrmModel";
import { headers, service } from "./product";

// The client that odata2ts generates from the running product's $metadata; tsc holds these calls to its types.
const crm = new InfluencerCrmService(new FetchClient({ headers }), service);

async function newPerson(displayName: string) {
  const answer = await crm.influencers().create({ kind: InfluencerKind.journalist, isDesk: false, displayName, vip: false, doNotContact: false, country: "FR" });
  after(async () => {
    await crm.influencers(answer.data.id).delete({ headers: { "If-Match": "*" } }).catch(() => undefined);
  });
  return answer;
}

async function statusOf(call: Promise<unknown>): Promise<number | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof FetchClientError, String(error));
    return error.status;
  }
}

test("Query_FiltersByTopicEnumAndLanguage_AndExpandsTheTopics", async () => {
  const { data } = await crm.influencers().query((builder, person) =>
    builder
      .select("id", "displayName", "language", "kind")
      .filter(person.kind.eq(InfluencerKind.journalist), person.language.eq("fr"), person.topics.any((link) => link.topic.props.name.eq("Home batteries")))
      .expanding("topics", (topics) => topics.select("weight").expanding("topic", (topic) => topic.select("name")))
      .orderBy(person.displayName.asc())
      .count()
      .top(5));

  assert.ok(data["@odata.count"] !== undefined && Number(data["@odata.count"]) >= data.value.length);
  assert.ok(data.value.length > 0);
  for (const row of data.value) {
    assert.equal(row.language, "fr");
    assert.equal(row.kind, InfluencerKind.journalist);
    assert.ok(row.topics?.some((link) => link.topic?.name === "Home batteries"));
  }
});

test("Create_Patch_Delete_HoldToTheETag", async () => {
  const made = await newPerson("Odile Tessier");
  const row = crm.influencers(made.data.id);
  const first = made.headers["etag"] ?? "";

  assert.equal(made.status, 201);
  assert.equal(await statusOf(row.patch({ city: "Nantes" })), 428);
  const changed = await row.patch({ city: "Nantes" }, { headers: { "If-Match": first } });
  assert.equal((await row.query()).data.city, "Nantes");
  assert.equal(await statusOf(row.patch({ city: "Brest" }, { headers: { "If-Match": first } })), 412);
  assert.equal(await statusOf(row.delete({ headers: { "If-Match": first } })), 412);
  const gone = await row.delete({ headers: { "If-Match": changed.headers["etag"] ?? "" } });

  assert.equal(gone.status, 204);
  assert.equal(await statusOf(row.query()), 404);
});

test("Update_WithTheWholeRowAsItWasRead_KeepsWhatTheProductSetsItself", async () => {
  const made = await newPerson("Paul Le Guen");
  const row = crm.influencers(made.data.id);
  const read = (await row.query()).data;

  await row.update({ ...read, city: "Quimper" }, { headers: { "If-Match": made.headers["etag"] ?? "" } });
  const after = (await row.query()).data;

  assert.equal(after.city, "Quimper");
  assert.equal(after.createdAt, read.createdAt);
  assert.notEqual(after.version, read.version);
});

test("Create_LogsAnInteraction_AndTheNavigationHasIt", async () => {
  const made = await newPerson("Rozenn Kerdavid");
  const logged = await crm.interactions().create({
    influencerId: made.data.id, kind: InteractionKind.call, status: InteractionStatus.done, direction: "outbound" as never, outcome: "interested" as never, occurredAt: "2026-01-15T09:30:00Z", notes: "wants figures",
  });

  const { data } = await crm.influencers(made.data.id).interactions().query((builder) => builder.select("id", "notes", "occurredAt"));

  assert.equal(logged.status, 201);
  assert.deepEqual(data.value.map((i) => [i.id, i.notes, i.occurredAt]), [[logged.data.id, "wants figures", "2026-01-15T09:30:00Z"]]);
});

test("Actions_AddAndRemoveMembers_AndTheFunctionResolvesTheList", async () => {
  const [one, two] = [await newPerson("Solange Abiven"), await newPerson("Tugdual Morvan")];
  const list = (await crm.mediaLists().create({ name: "Generated client", kind: MediaListKind.static })).data;
  after(async () => {
    await crm.mediaLists(list.id).delete({ headers: { "If-Match": "*" } });
  });
  const row = crm.mediaLists(list.id);

  const added = await row.addMembers({ influencerIds: [one.data.id, two.data.id] });
  const people = await row.resolve();
  const removed = await row.removeMembers({ influencerIds: [two.data.id] });

  assert.deepEqual([added.data.changed, added.data.members], [2, 2]);
  assert.deepEqual(people.data.value.map((p) => p.displayName).sort(), ["Solange Abiven", "Tugdual Morvan"]);
  assert.equal(removed.data.members, 1);
});

test("Functions_OfSendOutsAndMessages_AnswerTheTypesTheMetadataNames", async () => {
  const sent = (await crm.sendOuts().query((builder, sendOut) => builder.filter(sendOut.status.eq(SendOutStatus.completed)).top(1))).data.value[0];
  assert.ok(sent);
  const message = (await crm.messages().query((builder, m) => builder.filter(m.sendOutId.eq(sent.id), m.sentAt.ne(null)).top(1))).data.value[0];
  assert.ok(message);

  const progress = (await crm.sendOuts(sent.id).progress()).data;
  const check = (await crm.sendOuts(sent.id).check()).data;
  const content = (await crm.messages(message.id).content()).data;

  assert.equal(progress.status, SendOutStatus.completed);
  assert.ok((progress.byStatus.sent ?? 0) > 0);
  assert.equal(check.recipients, progress.total);
  assert.ok(content.subject.length > 0 && content.headers.some((h) => h.name.toLowerCase() === "message-id"));
});

test("Create_InsideItsOwner_GivesAPersonATopic", async () => {
  const made = await newPerson("Ursule Ropars");
  const topic = (await crm.topics().query((builder, t) => builder.filter(t.name.eq("Home batteries")))).data.value[0];
  assert.ok(topic);

  await crm.influencers(made.data.id).topics().create({ topicId: topic.id, stance: "covers" as never, strength: "main" as never } as never);
  const links = (await crm.influencers(made.data.id).topics().query((builder) => builder.expand("topic"))).data.value;

  assert.deepEqual(links.map((l) => l.topic?.name), ["Home batteries"]);
});
