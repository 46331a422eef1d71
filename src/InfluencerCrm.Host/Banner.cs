using InfluencerCrm.Core.SendOuts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace InfluencerCrm.Host;

/// <summary>What the start found out, for the console.</summary>
internal sealed class StartNotes
{
    /// <summary>Path of the set-up page with its token; never logged.</summary>
    public string? SetupPath { get; set; }

    /// <summary>How to sign in to the sample agency.</summary>
    public string? Demo { get; set; }
}

/// <summary>Tells whoever started the product where it is, how to get in, and where mails go.</summary>
internal static class Banner
{
    public static void Print(WebApplication app)
    {
        var notes = app.Services.GetRequiredService<StartNotes>();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        Console.WriteLine();
        Console.WriteLine($"  InfluencerCrm   {address}");
        Console.WriteLine($"  API             {address}/odata   described at {address}/swagger");
        var transport = app.Services.GetRequiredService<IMailTransports>().Default;
        Console.WriteLine($"  Mails go to     {(transport.StaysHere ? $"files in {transport.Destination} (nothing leaves this machine)" : $"SMTP {transport.Destination}")}");
        if (notes.SetupPath is not null)
        {
            Console.WriteLine($"  First user      {address}{notes.SetupPath}");
            Console.WriteLine("                  (works once, for one hour)");
        }

        if (notes.Demo is not null)
        {
            Console.WriteLine($"  Sign in         {notes.Demo}");
        }

        Console.WriteLine();
    }
}
