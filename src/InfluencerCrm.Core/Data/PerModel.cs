using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// One thing for each model, which is to say for each database that a process uses: a compiled query belongs to the model that it was
/// compiled for, and tests use several side by side.
/// </summary>
public sealed class PerModel<T>
    where T : class
{
    private readonly ConditionalWeakTable<IModel, T> _known = [];

    /// <summary>The one of this context's model; made when first asked for.</summary>
    public T Of(CrmDbContext db, Func<CrmDbContext, T> make)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(make);
        return _known.TryGetValue(db.Model, out var known) ? known : _known.GetValue(db.Model, _ => make(db));
    }
}
