using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.TestKit;

/// <summary>The whole product, started for one test on a free loopback port with a database of its own.</summary>
public sealed class CrmApp : IAsyncDisposable
{
    /// <summary>The first admin's key.</summary>
    public const string AdminKey = "test-admin-key-0123456789-0123456789";

    public const string AdminEmail = "admin@example.org";

    public const string AdminPassword = "correct horse battery";

    private readonly WebApplication _app;
    private readonly TestDatabase? _database;
    private readonly DirectoryInfo _folder;
    private readonly List<HttpClient> _clients = [];

    private CrmApp(WebApplication app, TestDatabase? database, DirectoryInfo folder)
    {
        _app = app;
        _database = database;
        _folder = folder;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Admin = WithKey(AdminKey);
    }

    public Uri Address { get; }

    /// <summary>Path of the set-up page, where the app started without users.</summary>
    public string? SetupPath => _app.Services.GetRequiredService<StartNotes>().SetupPath;

    /// <summary>A folder of this test: pickup mails land in <c>outbox</c>.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Signed in as an admin.</summary>
    public HttpClient Admin { get; }

    /// <summary>Signed in as nobody.</summary>
    public HttpClient Anonymous => Track(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address });

    /// <param name="provider">One of <see cref="TestDatabase.Providers"/>.</param>
    /// <param name="settings">Configuration on top of the kit's own.</param>
    /// <param name="clock">Replaces the clock.</param>
    /// <param name="args">Words of the command line.</param>
    public static async Task<CrmApp> StartAsync(string provider = "Sqlite", IReadOnlyDictionary<string, string?>? settings = null, TimeProvider? clock = null, params string[] args)
    {
        var database = await TestDatabase.CreateAsync(provider);
        return await StartAsync(database, owns: true, settings, clock, args);
    }

    /// <summary>Starts on a database that is there already, and stays after it; several apps on one database are several hosts.</summary>
    public static Task<CrmApp> StartOnAsync(TestDatabase database, IReadOnlyDictionary<string, string?>? settings = null, TimeProvider? clock = null, params string[] args)
    {
        ArgumentNullException.ThrowIfNull(database);
        return StartAsync(database, owns: false, settings, clock, args);
    }

    private static async Task<CrmApp> StartAsync(TestDatabase database, bool owns, IReadOnlyDictionary<string, string?>? settings, TimeProvider? clock, string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("influencercrm-");
        var app = await CrmHost.BuildAsync(args, builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Urls"] = "http://127.0.0.1:0",
                ["Database:Provider"] = database.Provider,
                ["Database:MigrateOnStart"] = "true",
                ["ConnectionStrings:Crm"] = database.ConnectionString,
                ["Bootstrap:AdminEmail"] = AdminEmail,
                ["Bootstrap:AdminPassword"] = AdminPassword,
                ["Bootstrap:ApiKey"] = AdminKey,
                ["Mail:FromName"] = "Press office",
                ["Mail:FromAddress"] = "press@agency.example.org",
                ["Mail:PickupFolder"] = Path.Combine(folder.FullName, "outbox"),

                // A test asks faster than any tool; those of the limits set their own.
                ["Limits:RequestsPerMinute"] = "0",
                ["Limits:AnonymousPerMinute"] = "0",
                ["Limits:SignInsPerMinute"] = "0",

                // A clock that a test sets is right, whatever the database thinks.
                ["SendOuts:CompareClocks"] = clock is null ? "true" : "false",
                ["Imports:Folder"] = Path.Combine(folder.FullName, "imports"),
            });
            if (settings is not null)
            {
                builder.Configuration.AddInMemoryCollection(settings);
            }

            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Services.ConfigureDbContext<CrmDbContext>(options => options.AddInterceptors(NoSynchronousCommands.Instance));
            if (clock is not null)
            {
                builder.Services.RemoveAll<TimeProvider>();
                builder.Services.AddSingleton(clock);
            }
        });
        await app.StartAsync();
        return new CrmApp(app, owns ? database : null, folder);
    }

    /// <summary>A unit of work of the product itself, for rows that no request writes.</summary>
    public CrmScope AsProduct()
    {
        var scope = _app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
        return new CrmScope(scope);
    }

    /// <summary>A client that sends the key.</summary>
    public HttpClient WithKey(string key)
    {
        var client = Anonymous;
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <summary>Creates a row through the API and gives it back.</summary>
    public async Task<JsonObject> CreateAsync(string set, object body, HttpClient? client = null)
    {
        using var response = await (client ?? Admin).PostAsJsonAsync($"odata/{set}", body);
        var text = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.Created
            ? JsonNode.Parse(text)!.AsObject()
            : throw new InvalidOperationException($"POST {set} answered {(int)response.StatusCode}: {text}");
    }

    /// <summary>Reads JSON, or throws with the answer.</summary>
    public async Task<JsonObject> GetAsync(string url, HttpClient? client = null)
    {
        using var response = await (client ?? Admin).GetAsync(new Uri(url, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!.AsObject()
            : throw new InvalidOperationException($"GET {url} answered {(int)response.StatusCode}: {text}");
    }

    /// <summary>The <c>value</c> of a collection.</summary>
    public async Task<JsonArray> ListAsync(string url, HttpClient? client = null) => (await GetAsync(url, client))["value"]!.AsArray();

    /// <summary>A user of the role with a key of their own, all through the API.</summary>
    public async Task<HttpClient> SignUpAsync(string role, string? scopes = null) => (await SignUpUserAsync(role, scopes)).Client;

    /// <summary>The same with the user's id.</summary>
    public async Task<(HttpClient Client, int UserId)> SignUpUserAsync(string role, string? scopes = null)
    {
        var user = await CreateAsync("users", new { email = $"{Guid.NewGuid():N}@example.org", displayName = $"A {role}", role, password = "a long enough password" });
        using var response = await Admin.PostAsJsonAsync("odata/apiKeys", new { userId = user["id"]!.GetValue<int>(), name = "test", scopes = (scopes ?? "read,write,send,admin").Split(',') });
        var key = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.StatusCode == HttpStatusCode.Created
            ? (WithKey(key.GetProperty("key").GetString()!), user["id"]!.GetValue<int>())
            : throw new InvalidOperationException($"No key: {key}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private HttpClient Track(HttpClient client)
    {
        _clients.Add(client);
        return client;
    }
}
