namespace InfluencerCrm.Benchmarks.Api;

/// <summary>What the statements of <see cref="FloorSql"/> answer, column by column.</summary>
internal static class FloorRows
{
    private const string Root = "http://127.0.0.1/odata/$metadata#";

    public static readonly FloorRow Person = new(
        Root + "influencers",
        ("@odata.etag", Form.Tag), ("id", Form.Integer), ("kind", Form.Member), ("isDesk", Form.Truth), ("displayName", Form.Text), ("firstName", Form.Text), ("lastName", Form.Text),
        ("email", Form.Text), ("phone", Form.Text), ("emailStatus", Form.Member), ("country", Form.Text), ("city", Form.Text), ("coverageArea", Form.Text), ("language", Form.Text),
        ("languages", Form.List), ("timeZone", Form.Text), ("bio", Form.Text), ("about", Form.Text), ("vip", Form.Truth), ("photoUrl", Form.Text), ("audience", Form.Integer),
        ("influenceScore", Form.Number), ("reachScore", Form.Number), ("resonanceScore", Form.Number), ("relationshipScore", Form.Number), ("relationshipStage", Form.Member),
        ("relationshipAim", Form.Member), ("lastInteractionAt", Form.Time), ("lastCoverageAt", Form.Time), ("preferredChannel", Form.Text), ("awayUntil", Form.Time),
        ("awayDelegateId", Form.Integer), ("doNotContact", Form.Truth), ("doNotContactReason", Form.Text), ("acceptsEmbargo", Form.Truth), ("lawfulBasis", Form.Text), ("dataSource", Form.Text),
        ("noticeSentAt", Form.Time), ("verifiedAt", Form.Time), ("tags", Form.List), ("archivedAt", Form.Time), ("createdAt", Form.Time), ("updatedAt", Form.Time), ("version", Form.Key));

    public static readonly FloorRow Interaction = new(
        Root + "interactions",
        ("@odata.etag", Form.Tag), ("id", Form.Integer), ("influencerId", Form.Integer), ("kind", Form.Member), ("status", Form.Member), ("direction", Form.Member), ("channel", Form.Text),
        ("occurredAt", Form.Time), ("endsAt", Form.Time), ("location", Form.Text), ("subject", Form.Text), ("notes", Form.Text), ("outcome", Form.Member), ("redirectedToId", Form.Integer),
        ("sentiment", Form.Member), ("clientId", Form.Integer), ("campaignId", Form.Integer), ("storyId", Form.Integer), ("sendOutId", Form.Integer), ("messageId", Form.Integer),
        ("coverageId", Form.Integer), ("requestId", Form.Integer), ("outletId", Form.Integer), ("nextStep", Form.Text), ("nextStepDueAt", Form.Time), ("loggedBy", Form.Integer),
        ("createdAt", Form.Time), ("updatedAt", Form.Time), ("version", Form.Key));

    public static readonly FloorRow PersonFive = new(
        Root + "influencers(id,displayName,email,country,influenceScore)",
        ("@odata.etag", Form.Tag), ("id", Form.Integer), ("displayName", Form.Text), ("email", Form.Text), ("country", Form.Text), ("influenceScore", Form.Number));

    public static readonly FloorRow PersonShort = new(
        Root + "influencers(id,displayName,email,country,language,influenceScore,lastInteractionAt)",
        ("@odata.etag", Form.Tag), ("id", Form.Integer), ("displayName", Form.Text), ("email", Form.Text), ("country", Form.Text), ("language", Form.Text), ("influenceScore", Form.Number), ("lastInteractionAt", Form.Time));

    public static readonly FloorRow PersonNamed = new(Root + "influencers(id,displayName,interactions(id,kind,occurredAt,subject,outcome))", ("@odata.etag", Form.Tag), ("id", Form.Integer), ("displayName", Form.Text));

    public static readonly FloorRow InteractionFive = new(
        Root + "interactions", ("@odata.etag", Form.Tag), ("id", Form.Integer), ("kind", Form.Member), ("occurredAt", Form.Time), ("subject", Form.Text), ("outcome", Form.Member));

    public static readonly FloorRow Country = new(Root + "influencers(country,averageScore,people)", ("country", Form.Text), ("averageScore", Form.Number), ("people", Form.Integer));
}
