using System.Diagnostics;
using System.Reflection;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.TestKit;

namespace InfluencerCrm.Architecture.Tests;

public sealed class SourceRules
{
    private const int LongestFile = 500;

    [Fact]
    public async Task Sources_AreFormatted()
    {
        var (code, output) = await RunAsync("dotnet", "format whitespace . --folder --verify-no-changes --verbosity minimal --include src tests", Repository.Root);

        Assert.True(code == 0, $"Run \"dotnet format whitespace . --folder\".\n{output}");
    }

    [Fact]
    public async Task FormatCheck_FindsABadlyFormattedFile()
    {
        var folder = Directory.CreateTempSubdirectory("influencercrm-format");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Bad.cs"), "class  Bad{int  x ;}", TestContext.Current.CancellationToken);

            var (code, _) = await RunAsync("dotnet", "format whitespace . --folder --verify-no-changes", folder.FullName);

            Assert.NotEqual(0, code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Files_AreShortEnoughToKnowTheirRoom()
    {
        var tooLong = Repository.Sources().Where(f => File.ReadLines(f).Count() > LongestFile).Select(Path.GetFileName);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Entities_StateWhoMayReadAndWriteThem()
    {
        var silent = typeof(IRow).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IRow).IsAssignableFrom(t) && t.GetCustomAttribute<AccessAttribute>() is null)
            .Select(t => t.Name);

        Assert.Empty(silent);
    }

    [Fact]
    public void Entities_HaveNoPublicSetters()
    {
        var open = typeof(IRow).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IRow).IsAssignableFrom(t))
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(p => p.SetMethod is { IsPublic: true } set && set.GetBaseDefinition() == set)
            .Select(p => $"{p.DeclaringType!.Name}.{p.Name}");

        Assert.Empty(open);
    }

    private static async Task<(int Code, string Output)> RunAsync(string file, string arguments, string folder)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
