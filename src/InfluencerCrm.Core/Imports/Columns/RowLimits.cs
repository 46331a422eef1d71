using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Imports.Columns;

/// <summary>How long the texts of records may be, as the model has it.</summary>
internal sealed class RowLimits(IModel model)
{
    private const int Unlimited = 100_000;

    private readonly Dictionary<(Type, string), int> _limits = [];

    public int Of<T>(string member)
    {
        if (!_limits.TryGetValue((typeof(T), member), out var limit))
        {
            limit = model.FindEntityType(typeof(T))!.FindProperty(member)!.GetMaxLength() is { } length and > 0 ? length : Unlimited;
            _limits[(typeof(T), member)] = limit;
        }

        return limit;
    }
}
