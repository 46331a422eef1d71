using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Tasks;

namespace InfluencerCrm.Api.Tasks;

/// <summary>What somebody has to do by a time.</summary>
public sealed class TasksController : WriteController<CrmTask, CrmTaskChanges>;
