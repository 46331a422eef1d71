namespace InfluencerCrm.Api.OpenApi;

/// <summary>Texts of the description and of its page.</summary>
internal static class OpenApiTexts
{
    public const string Description = """
        People, outlets, campaigns, send-outs and coverage as an OData 4.01 service under `/odata`, and the endpoints beside it under `/api`.

        **Sign-in.** Tools send an API key in `X-Api-Key`, as `Authorization: Bearer`, or as the password of HTTP Basic. In the browser, whoever is signed in needs none.

        **Reading.** Keys may also be written `influencers/42` and `influencers(id=42)`. Collections come in pages of 100: follow `@odata.nextLink`. `/$count` stands behind every collection, also `influencers(42)/interactions/$count`. One property is read at `influencers(42)/city`, and its bare value at `influencers(42)/city/$value` (204 when empty). A row that hangs on another can also be addressed through it: `influencers(42)/contactPoints(7)`. `$format` and `Accept` choose `metadata=none`, `minimal` or `full`. These addresses follow from the entity sets and are not listed one by one. HEAD answers like GET without the body; OPTIONS says in `Allow` what an address takes.

        **Writing.** Every single row has an `ETag`; changes send it in `If-Match` (428 without, 412 when the row was changed since). `Idempotency-Key` makes a POST safe to repeat. Members named `@odata.*` are ignored, `client@odata.bind` sets a link, other members that a row does not have are refused. Several requests go in one `$batch`.

        **Following changes.** `Prefer: odata.track-changes` on `interactions`, `coverage`, `messages` and `influencers` ends the last page with `@odata.deltaLink`; asked later, it answers what has changed. Webhooks are told of events.

        **Errors** have one shape, with stable codes (api-docs/errors.md). **Limits:** every answer to a key carries the `RateLimit` headers; 429 says in `Retry-After` when to go on.
        """;

    /// <summary>Whoever tries an operation out with the browser's session writes with its token.</summary>
    public const string SessionToken = """
        (request) => {
          const sent = request.headers || {};
          if (request.loadSpec || /^(GET|HEAD|OPTIONS)$/i.test(request.method || 'GET') || sent['X-Api-Key'] || sent['Authorization']) return request;
          return fetch('../api/session', { credentials: 'same-origin' })
            .then((answer) => answer.ok ? answer.json() : {})
            .then((session) => {
              if (session.csrfToken) request.headers = { ...sent, 'X-Csrf-Token': session.csrfToken };
              return request;
            });
        }
        """;

    public const string Style = """
        <style>
          .swagger-ui .topbar { padding: 4px 0; }
          .swagger-ui .topbar .link { display: none; }
          .swagger-ui .info { margin: 24px 0; }
          .swagger-ui .opblock-tag { font-size: 18px; padding: 8px 16px; }
          .swagger-ui .opblock-tag small { font-size: 13px; }
        </style>
        """;
}
