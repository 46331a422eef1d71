using InfluencerCrm.Core.Team;
using InfluencerCrm.Ui.Shared;
using InfluencerCrm.Ui.Today;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Ui;

/// <summary>Wires the pages into a host.</summary>
public static class UiRegistration
{
    private static readonly string[] Languages = ["en", "fr"];

    public static IServiceCollection AddCrmUi(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRazorComponents();
        services.AddScoped<TodayNumbers>();
        return services;
    }

    /// <summary>The page for addresses that lead nowhere; must stand before routing, which it runs again.</summary>
    public static void UseCrmUiNotFound(this WebApplication app) =>
        app.UseWhen(
            http => !http.Request.Path.StartsWithSegments("/odata") && !http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/u"),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));

    /// <summary>Pages and what they need; after authorization.</summary>
    public static void UseCrmUi(this WebApplication app)
    {
        app.UseRequestLocalization(new RequestLocalizationOptions().SetDefaultCulture("en").AddSupportedCultures(Languages).AddSupportedUICultures(Languages));
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>();
        app.MapPost("/sign-out", async (HttpContext http, SignInManager<User> signIn, IAntiforgery antiforgery) =>
            {
                await antiforgery.ValidateRequestAsync(http);
                await signIn.SignOutAsync();
                return Results.Redirect("/sign-in");
            })
            .ExcludeFromDescription();
    }
}
