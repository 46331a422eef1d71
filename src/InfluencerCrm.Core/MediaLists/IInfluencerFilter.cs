using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>Port: understands a stored OData <c>$filter</c> over influencers exactly as the API understands it in a request.</summary>
public interface IInfluencerFilter
{
    /// <summary>Narrows the query; nothing is run.</summary>
    /// <exception cref="RuleViolation">The filter cannot be understood, is too complex, or the database could not answer it; the message has the parser's words.</exception>
    IQueryable<Influencer> Apply(IQueryable<Influencer> people, string filter);
}
