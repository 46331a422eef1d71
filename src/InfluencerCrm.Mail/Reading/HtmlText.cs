using System.Text;
using MimeKit.Text;

namespace InfluencerCrm.Mail.Reading;

/// <summary>The text of a mail in HTML, line by line; what stands in a <c>blockquote</c> gets the "&gt; " of quoted text.</summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul",
    };

    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase) { "head", "script", "style", "title" };

    public static string Of(string html)
    {
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        var page = new Page();
        while (tokenizer.ReadNextToken(out var token) && page.Length < ReadLimits.TextLength)
        {
            switch (token)
            {
                case HtmlTagToken tag: page.Tag(tag); break;
                case HtmlDataToken { Kind: HtmlTokenKind.Data } data: page.Text(data.Data); break;
            }
        }

        return page.ToString();
    }

    private sealed class Page
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _line = new();
        private int _quoted;
        private string? _hidden;

        public int Length => _text.Length;

        public void Tag(HtmlTagToken tag)
        {
            if (_hidden is not null)
            {
                if (tag.IsEndTag && tag.Name.Equals(_hidden, StringComparison.OrdinalIgnoreCase)) _hidden = null;
                return;
            }

            if (Hidden.Contains(tag.Name) && !tag.IsEndTag && !tag.IsEmptyElement)
            {
                _hidden = tag.Name;
            }
            else if (tag.Name.Equals("br", StringComparison.OrdinalIgnoreCase))
            {
                Break(always: true);
            }
            else if (tag.Name.Equals("hr", StringComparison.OrdinalIgnoreCase))
            {
                Break(always: false);
                _line.Append("________________");
                Break(always: false);
            }
            else if (Blocks.Contains(tag.Name))
            {
                Break(always: false);
                if (tag.Name.Equals("blockquote", StringComparison.OrdinalIgnoreCase)) _quoted = Math.Max(0, _quoted + (tag.IsEndTag ? -1 : 1));
                // Paragraphs stand apart.
                if (tag.IsEndTag && tag.Name.Equals("p", StringComparison.OrdinalIgnoreCase)) Break(always: true);
            }
            else if (tag.Name.Equals("td", StringComparison.OrdinalIgnoreCase))
            {
                _line.Append(' ');
            }
        }

        public void Text(string data)
        {
            if (_hidden is not null) return;
            foreach (var c in data)
            {
                if (!char.IsWhiteSpace(c)) _line.Append(c);
                else if (_line.Length > 0 && _line[^1] != ' ') _line.Append(' ');
            }
        }

        public override string ToString()
        {
            Break(always: false);
            return _text.ToString();
        }

        private void Break(bool always)
        {
            var line = _line.ToString().Trim();
            _line.Clear();
            if (line.Length == 0 && !always) return;
            _text.Append('>', Math.Min(_quoted, 5)).Append(_quoted > 0 ? " " : "").Append(line).Append('\n');
        }
    }
}
