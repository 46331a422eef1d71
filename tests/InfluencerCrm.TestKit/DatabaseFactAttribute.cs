using System.Runtime.CompilerServices;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace InfluencerCrm.TestKit;

/// <summary>
/// A fact about the data: runs once on each database of <see cref="TestDatabase.Providers"/>. The test asks
/// <see cref="TestDatabase.CurrentProvider"/> which one it is; a test that derives from the project's database test need not.
/// </summary>
/// <remarks>A database that is not configured has no row, rather than one that passes silently; the run that must have it says so in a test of its own.</remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(DatabaseFactDiscoverer))]
public sealed class DatabaseFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber)
{
    /// <summary>The one database that the test is about; it has no row where that is not configured.</summary>
    public string? Only { get; init; }
}

/// <summary>Makes one test case for each database.</summary>
public sealed class DatabaseFactDiscoverer : IXunitTestCaseDiscoverer
{
    internal const string Trait = "Database";

    public ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        var details = TestIntrospectionHelper.GetTestCaseDetails(discoveryOptions, testMethod, factAttribute);
        return new([.. TestDatabase.Providers.Where(provider => factAttribute is not DatabaseFactAttribute { Only: { } only } || provider == only).Select(provider => new XunitTestCase(
            details.ResolvedTestMethod,
            $"{details.TestCaseDisplayName} [{provider}]",
            $"{details.UniqueID}-{provider}",
            details.Explicit,
            details.SkipExceptions,
            details.SkipReason,
            details.SkipType,
            details.SkipUnless,
            details.SkipWhen,
            TraitsOf(testMethod, provider),
            sourceFilePath: details.SourceFilePath,
            sourceLineNumber: details.SourceLineNumber,
            timeout: details.Timeout))]);
    }

    private static Dictionary<string, HashSet<string>> TraitsOf(IXunitTestMethod method, string provider)
    {
        var traits = TestIntrospectionHelper.GetTraits(method, null);
        traits[Trait] = [provider];
        return traits;
    }
}
