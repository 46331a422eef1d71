using System.Security.Cryptography;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Planning;
using InfluencerCrm.Core.SendOuts.Rendering;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Where a test goes, and whose mail it shows.</summary>
public sealed record SendTestRequest
{
    /// <summary>The address of an active user.</summary>
    public required string To { get; init; }

    /// <summary>Empty: the first person on the list.</summary>
    public int? InfluencerId { get; init; }
}

/// <summary>What became of a test.</summary>
/// <param name="Outcome">Whether the server took it.</param>
/// <param name="Response">The server's words.</param>
/// <param name="Problems">What a real send-out would refuse, or the author should know.</param>
/// <param name="Subject">As it was sent.</param>
public sealed record TestSent(DeliveryOutcome Outcome, string Response, string Subject, IReadOnlyList<TemplateProblem> Problems);

/// <summary>Sends one mail of a send-out to a colleague, at once; nothing is recorded, and its links work for nobody.</summary>
public sealed class SendTest(CrmDbContext db, CurrentActor scope, TimeProvider clock, LoadMails load, PreviewSendOut preview, IMailTransports transports)
{
    private const string Prefix = "[Test] ";

    /// <exception cref="RuleViolation">The address is no active user's, the account may not be used for this, or there is no mail to send.</exception>
    public async Task<TestSent> ExecuteAsync(int sendOutId, SendTestRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.Send);
        var mails = await load.ExecuteAsync(sendOutId, ct);
        if (SenderAccess.Problems(mails.SendOut, scope.Required).FirstOrDefault() is { } forbidden)
        {
            throw new RuleViolation(forbidden.Code, forbidden.Message, forbidden.Target);
        }

        var wanted = (request.To ?? "").Trim().ToUpperInvariant();
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Active && u.NormalizedEmail == wanted, ct)
            ?? throw new RuleViolation("notAUser", "to: tests go to users of this installation only.", "to");
        var person = await preview.PersonAsync(mails.SendOut, request.InfluencerId, ct) ?? Nobody(user.DisplayName);
        var variant = VariantChoice.Of(mails.SendOut.Variants, mails.DefaultLanguage, person);

        // A token that no row has: nobody is unsubscribed by trying the links out.
        var token = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var rendered = mails.Render(variant, person.Values, token);
        var mail = rendered.Mail ?? throw new RuleViolation(rendered.Problems[0].Code, rendered.Problems[0].Message, rendered.Problems[0].Target);
        var outgoing = mails.Envelope(mail, token, clock.GetUtcNow().UtcDateTime) with
        {
            ToName = user.DisplayName,
            ToAddress = user.Email!,
            Subject = Prefix + mail.Subject,
            Language = mails.LanguageOf(variant),
        };
        var transport = mails.SendOut.SenderAccount is { } account ? transports.Of(account) : transports.Default;
        await using var connection = transport.Open();
        var answer = await connection.SendAsync(outgoing, ct);
        return new TestSent(answer.Outcome, answer.Response, outgoing.Subject, rendered.Problems);
    }

    private static Recipient Nobody(string name) => new() { Id = 0, Name = name, Values = new PersonValues { Influencer = new InfluencerValues { DisplayName = name, FirstName = name } } };
}
