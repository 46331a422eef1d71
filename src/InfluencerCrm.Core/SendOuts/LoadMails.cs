using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Loads a send-out's mails with the installation's sender and address.</summary>
public sealed class LoadMails(CrmDbContext db, IOptions<SenderOptions> sender, IOptions<PublicAddress> address)
{
    /// <exception cref="NotFound">There is no such send-out, or the actor may not see it.</exception>
    public Task<SendOutMails> ExecuteAsync(int sendOutId, CancellationToken ct) => SendOutMails.LoadAsync(db, sendOutId, sender.Value, address.Value, ct);
}
