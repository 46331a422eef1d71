using System.Diagnostics;

namespace InfluencerCrm.Benchmarks;

/// <summary>This program once more, in a process of its own, so that nothing is warm and memory is its own.</summary>
internal static class Child
{
    /// <returns>The last line it wrote.</returns>
    public static async Task<string> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, args) { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var said = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? said.Trim().Split('\n')[^1] : throw new InvalidOperationException($"{args[0]} ended with {child.ExitCode}: {said}");
    }
}
