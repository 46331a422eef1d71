namespace InfluencerCrm.Host.Workers;

/// <summary>What this process does, from the root key <c>Roles</c>: <c>web</c>, <c>workers</c>, or both.</summary>
internal sealed record Roles(bool Web, bool Workers)
{
    public const string Default = "web,workers";

    /// <exception cref="StartProblem">A word is not a role, or there is none.</exception>
    public static Roles Parse(string? text)
    {
        var words = (string.IsNullOrWhiteSpace(text) ? Default : text).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var roles = new Roles(words.Contains("web", StringComparer.OrdinalIgnoreCase), words.Contains("workers", StringComparer.OrdinalIgnoreCase));
        return words.Length > 0 && words.All(w => w.Equals("web", StringComparison.OrdinalIgnoreCase) || w.Equals("workers", StringComparison.OrdinalIgnoreCase))
            ? roles
            : throw new StartProblem($"Roles is \"{text}\"; it must be web, workers, or both with a comma.");
    }
}

/// <summary>Starts the loops of the roles.</summary>
internal static class RolesRegistration
{
    public static Roles AddRoles(this WebApplicationBuilder builder)
    {
        var roles = Roles.Parse(builder.Configuration["Roles"]);
        if (roles.Workers)
        {
            builder.Services.AddHostedService<DispatchWorker>();
            builder.Services.AddHostedService<ImportWorker>();
            builder.Services.AddHostedService<MailboxWorker>();
            builder.Services.AddHostedService<PruneWorker>();
            builder.Services.AddHostedService<WebhookWorker>();
        }

        return roles;
    }
}
