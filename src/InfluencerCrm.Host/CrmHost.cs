using InfluencerCrm.Api;
using InfluencerCrm.Core;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Archives;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Core.Outbound;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Team;
using InfluencerCrm.Host.Workers;
using InfluencerCrm.Mail;
using InfluencerCrm.Ui;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Host;

/// <summary>Builds the whole product from the command line and the configuration; also what the tests start.</summary>
public static class CrmHost
{
    /// <param name="args">As on the command line.</param>
    /// <param name="adjust">Lets a test replace the clock, or add configuration.</param>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        try
        {
            var line = CommandLine.Parse(args);
            if (line.Command == "help")
            {
                Console.WriteLine(CommandLine.Usage);
                return 0;
            }

            await using var app = await BuildAsync(line, adjust);
            if (line.Command == "migrate")
            {
                Console.WriteLine("The database is up to date.");
                return 0;
            }

            if (line.Command is "import" or "revert-import")
            {
                using var stop = new CancellationTokenSource();
                Console.CancelKeyPress += (_, press) =>
                {
                    press.Cancel = true;
                    stop.Cancel();
                };
                return line.Command == "import"
                    ? await ImportCommand.RunAsync(app.Services, line, stop.Token)
                    : await ImportCommand.RevertAsync(app.Services, line.Import, stop.Token);
            }

            if (line.Command is "export-archive" or "import-archive")
            {
                using var stop = new CancellationTokenSource();
                Console.CancelKeyPress += (_, press) =>
                {
                    press.Cancel = true;
                    stop.Cancel();
                };
                return line.Command == "export-archive"
                    ? await ArchiveCommands.ExportAsync(app.Services, line.File!, stop.Token)
                    : await ArchiveCommands.ImportAsync(app.Services, line.File!, stop.Token);
            }

            await app.StartAsync();
            Banner.Print(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (StartProblem problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 2;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, wrong.Failures));
            return 2;
        }
    }

    /// <summary>The application, its database prepared, not listening yet.</summary>
    public static Task<WebApplication> BuildAsync(string[] args, Action<WebApplicationBuilder>? adjust = null) => BuildAsync(CommandLine.Parse(args), adjust);

    private static async Task<WebApplication> BuildAsync(CommandLine line, Action<WebApplicationBuilder>? adjust)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = line.Configuration, ContentRootPath = ContentRoot(), ApplicationName = typeof(CrmHost).Assembly.GetName().Name });

        // Styles and scripts of the libraries, also when the product runs from its build folder.
        builder.WebHost.UseStaticWebAssets();
        adjust?.Invoke(builder);

        // A query of the embedded database holds its thread, and the pool makes more only slowly: a few long ones would keep everybody waiting.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, LeastThreads), ports);
        builder.AddDatabase();
        builder.Services.AddCrmCore();
        builder.Services.AddCrmMail();
        builder.Services.AddCrmApi();
        builder.Services.AddCrmUi();
        builder.Services.AddAutoMapper(maps => maps.LicenseKey = builder.Configuration["AutoMapper:LicenseKey"], typeof(UiRegistration).Assembly);
        builder.Services.AddOptions<HttpOptions>().BindConfiguration("Http");
        builder.Services.AddOptions<OutboundOptions>().BindConfiguration(OutboundOptions.Section);
        builder.Services.AddOptions<BootstrapOptions>().BindConfiguration("Bootstrap").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<PrivacyOptions>().BindConfiguration("Privacy").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddProxies();
        builder.Services.AddSendOutOptions();
        builder.Services.AddOptions<ImportOptions>().BindConfiguration("Imports").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<ArchiveOptions>().BindConfiguration("Archive").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<StartNotes>();
        var roles = builder.AddRoles();
        var app = builder.Build();
        await DatabaseStart.PrepareAsync(app.Services, asked: line.Command == "migrate", CancellationToken.None);
        if (line.Command != "migrate")
        {
            await FirstRun.PrepareAsync(app.Services, line, CancellationToken.None);
        }

        if (roles.Web)
        {
            app.UseProxies();
            app.UseCrmUiNotFound();
            app.UseCrmApi();
            app.MapCrmApi();
            app.UseCrmUi();
        }
        else
        {
            app.MapCrmHealth();
        }

        return app;
    }

    private const int LeastThreads = 32;

    // Settings lie beside the program; data (a relative path) lies where it was started.
    private static string ContentRoot() => AppContext.BaseDirectory;
}
