namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>One kind of hostile request. Whatever it makes must be read only, or must be refused: the database is compared afterwards.</summary>
internal abstract class FuzzCase
{
    /// <summary>How often it is asked, beside the others.</summary>
    public abstract int Weight { get; }

    public abstract FuzzRequest Make(Dice dice);

    public static IReadOnlyList<FuzzCase> All(OpenApiPaths paths) =>
    [
        new FilterCase(), new OptionCase(), new ApplyCase(), new ExpandCase(), new SearchCase(), new AddressCase(), new MethodCase(), new HeaderCase(), new BodyCase(), new DeepBodyCase(),
        new LargeBodyCase(), new OperationCase(), new JsonBatchCase(), new MultipartBatchCase(), new LongBatchAddressCase(), new UploadCase(), new EndpointCase(paths), new TokenCase(), new WireCase(),
    ];

    protected static FuzzRequest Get(string target) => new("GET", target);
}
