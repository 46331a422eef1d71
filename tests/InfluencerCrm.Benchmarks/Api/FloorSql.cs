namespace InfluencerCrm.Benchmarks.Api;

/// <summary>
/// The SQL of the floor: the best that we know for each question over the product's own tables and indexes. Every one hides archived and
/// erased people, as the product does.
/// </summary>
internal static class FloorSql
{
    private const string Person = """
        i.Version, i.Id, i.Kind, i.IsDesk, i.DisplayName, i.FirstName, i.LastName, i.Email, i.Phone, i.EmailStatus, i.Country, i.City, i.CoverageArea, i.Language, i.Languages,
        i.TimeZone, i.Bio, i.About, i.Vip, i.PhotoUrl, i.Audience, i.InfluenceScore, i.ReachScore, i.ResonanceScore, i.RelationshipScore, coalesce(r.Stage, 'Unknown'), r.Aim,
        i.LastInteractionAt, i.LastCoverageAt, i.PreferredChannel, i.AwayUntil, i.AwayDelegateId, i.DoNotContact, i.DoNotContactReason, i.AcceptsEmbargo, i.LawfulBasis,
        i.DataSource, i.NoticeSentAt, i.VerifiedAt, i.Tags, i.ArchivedAt, i.CreatedAt, i.UpdatedAt, i.Version
        """;

    private const string Interaction = """
        x.Version, x.Id, x.InfluencerId, x.Kind, x.Status, x.Direction, x.Channel, x.OccurredAt, x.EndsAt, x.Location, x.Subject, x.Notes, x.Outcome, x.RedirectedToId,
        x.Sentiment, x.ClientId, x.CampaignId, x.StoryId, x.SendOutId, x.MessageId, x.CoverageId, x.RequestId, x.OutletId, x.NextStep, x.NextStepDueAt, x.LoggedBy, x.CreatedAt,
        x.UpdatedAt, x.Version
        """;

    // The furthest of a person's relationships shows its stage and aim.
    private const string Furthest = """
        LEFT JOIN Relationships r ON r.Id = (
            SELECT s.Id FROM Relationships s WHERE s.InfluencerId = i.Id
            ORDER BY CASE s.Stage WHEN 'Converted' THEN 0 WHEN 'Convinced' THEN 1 WHEN 'Connected' THEN 2 ELSE 3 END, s.Id LIMIT 1)
        """;

    private const string Living = "i.ArchivedAt IS NULL AND i.ErasedAt IS NULL";

    public const string ByKey = $"SELECT {Person} FROM Influencers i {Furthest} WHERE i.Id = @p0 AND {Living}";

    // The index over country, kind and score gives the order; reading ends after 50.
    public const string Filter = $"""
        SELECT {Person} FROM Influencers i {Furthest}
        WHERE i.Country = @p0 AND i.Kind = @p1 AND {Living} ORDER BY i.InfluenceScore DESC, i.Id LIMIT 50
        """;

    public const string FilterShort = $"""
        SELECT i.Version, i.Id, i.DisplayName FROM Influencers i
        WHERE i.Country = @p0 AND i.Kind = @p1 AND {Living} ORDER BY i.InfluenceScore DESC, i.Id LIMIT 50
        """;

    // Starts at the topic, sorts keys and scores only, and reads the rows of the fifty that remain.
    public const string Topic = $"""
        SELECT {Person} FROM (
            SELECT i.Id AS Best FROM InfluencerTopics t CROSS JOIN Influencers i ON i.Id = t.InfluencerId
            WHERE t.TopicId = @p0 AND t.Stance = 'Covers' AND {Living} ORDER BY i.InfluenceScore DESC, i.Id LIMIT 50)
        CROSS JOIN Influencers i ON i.Id = Best {Furthest} ORDER BY i.InfluenceScore DESC, i.Id
        """;

    public const string Targeting = $"""
        SELECT i.Version, i.Id, i.DisplayName, i.Email, i.Country, i.Language, i.InfluenceScore, i.LastInteractionAt
        FROM InfluencerTopics t CROSS JOIN Influencers i ON i.Id = t.InfluencerId
        WHERE t.TopicId = @p0 AND t.Stance = 'Covers' AND i.Language = @p1 AND i.Country = @p2 AND {Living}
            AND NOT EXISTS (SELECT 1 FROM Interactions x WHERE x.InfluencerId = i.Id AND x.OccurredAt >= @p3)
        ORDER BY i.InfluenceScore DESC, i.Id LIMIT 50
        """;

    public const string Count = $"SELECT count(*) FROM Influencers i WHERE i.Country = @p0 AND i.Kind = @p1 AND {Living}";

    // Scans: what the index behind the search is held against.
    public const string Bio = $"SELECT {Person} FROM Influencers i {Furthest} WHERE instr(i.BioSearch, @p0) > 0 AND {Living} ORDER BY i.Id LIMIT 50";

    public const string Search = $"""
        SELECT {Person} FROM Influencers i {Furthest}
        WHERE instr(i.SearchText, @p0) > 0 AND instr(i.SearchText, @p1) > 0 AND {Living} ORDER BY i.Id LIMIT 50
        """;

    /// <summary>In the order of an index, or of the table: which is faster depends on what the indexes hold.</summary>
    public static readonly string[] Apply =
    [
        $"SELECT i.Country, avg(i.InfluenceScore), count(*) FROM Influencers i WHERE {Living} GROUP BY i.Country ORDER BY i.Country",
        $"SELECT i.Country, avg(i.InfluenceScore), count(*) FROM Influencers i NOT INDEXED WHERE {Living} GROUP BY i.Country ORDER BY i.Country",
    ];

    public const string Select = $"SELECT i.Version, i.Id, i.DisplayName, i.Email, i.Country, i.InfluenceScore FROM Influencers i WHERE i.Id > @p0 AND {Living} ORDER BY i.Id LIMIT 1000";

    public const string NewestTwenty = $"SELECT {Interaction} FROM Interactions x WHERE x.InfluencerId = @p0 ORDER BY x.OccurredAt DESC, x.Id DESC LIMIT 20";

    public const string NewestFive = "SELECT x.Version, x.Id, x.Kind, x.OccurredAt, x.Subject, x.Outcome FROM Interactions x WHERE x.InfluencerId = @p0 ORDER BY x.OccurredAt DESC, x.Id DESC LIMIT 5";

    // Keys through the index first, then the rows.
    public const string Skip = $"""
        SELECT {Person} FROM (SELECT i.Id AS Here FROM Influencers i WHERE {Living} ORDER BY i.InfluenceScore DESC, i.Id LIMIT 50 OFFSET @p0)
        CROSS JOIN Influencers i ON i.Id = Here {Furthest} ORDER BY i.InfluenceScore DESC, i.Id
        """;
}
