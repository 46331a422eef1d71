using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace InfluencerCrm.Api.Tests.Guide;

/// <summary>What a request of a document was answered.</summary>
internal sealed record CurlAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Text);

/// <summary>Sends what a <c>curl</c> command says, with the options that the documents use; any other fails the test.</summary>
internal static partial class Curl
{
    public static async Task<CurlAnswer> RunAsync(IEnumerable<string> words, CancellationToken ct)
    {
        using var request = new HttpRequestMessage();
        var rest = new Queue<string>(words.Skip(1));
        var (data, query, headers) = (new List<string>(), new List<string>(), new List<(string Name, string Value)>());
        var (asQuery, url, method) = (false, "", (string?)null);
        MultipartFormDataContent? form = null;
        while (rest.TryDequeue(out var word))
        {
            switch (word)
            {
                case "-H":
                    var header = rest.Dequeue().Split(':', 2, StringSplitOptions.TrimEntries);
                    headers.Add((header[0], header[1]));
                    break;
                case "-X":
                    method = rest.Dequeue();
                    break;
                case "-u":
                    headers.Add(("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(rest.Dequeue()))));
                    break;
                case "-d":
                    data.Add(rest.Dequeue());
                    break;
                case "--data-urlencode":
                    var pair = rest.Dequeue().Split('=', 2);
                    query.Add(pair[0] + "=" + Uri.EscapeDataString(pair[1]));
                    break;
                case "-F":
                    form ??= [];
                    AddPart(form, rest.Dequeue());
                    break;
                case "-o":
                    rest.Dequeue();
                    break;
                case var flags when Flags().IsMatch(flags):
                    asQuery |= flags.Contains('G', StringComparison.Ordinal);
                    break;
                default:
                    Assert.StartsWith("http", word, StringComparison.Ordinal);
                    url = word;
                    break;
            }
        }

        // Without -G curl would send the pairs as a form, which no address here takes.
        Assert.True(query.Count == 0 || asQuery, "--data-urlencode needs -G");
        request.Method = new HttpMethod(method ?? (data.Count > 0 || form is not null ? "POST" : "GET"));
        request.RequestUri = new Uri(query.Count == 0 ? url : url + "?" + string.Join('&', query));
        if (form is not null || data.Count > 0)
        {
            request.Content = form ?? (HttpContent)new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('&', data)));
        }

        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                Assert.True(request.Headers.TryAddWithoutValidation(name, value), name);
            }
        }

        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var response = await client.SendAsync(request, ct);
        return new CurlAnswer(
            response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync(ct));
    }

    private static void AddPart(MultipartFormDataContent form, string part)
    {
        var (name, value) = (part.Split('=')[0], part.Split('=', 2)[1]);
        if (value.StartsWith('@'))
        {
            var path = Path.Combine(Repository.Root, value[1..]);
            form.Add(new ByteArrayContent(File.ReadAllBytes(path)), name, Path.GetFileName(path));
        }
        else
        {
            form.Add(new StringContent(value), name);
        }
    }

    [GeneratedRegex("^-[siG]+$")]
    private static partial Regex Flags();
}
