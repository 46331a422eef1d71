using System.Text;
using System.Text.RegularExpressions;

namespace InfluencerCrm.Api.Tests.Guide;

/// <summary>As much of a shell as the documents use: commands, quotes, backslashes, variables and comments.</summary>
internal static partial class Shell
{
    /// <summary>The commands of a block, in order; one may go over several lines inside quotes or behind a backslash.</summary>
    public static List<string> Commands(string block)
    {
        var commands = new List<string>();
        var command = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < block.Length; i++)
        {
            var c = block[i];
            if (quote == '\0' && c == '#' && (i == 0 || char.IsWhiteSpace(block[i - 1])))
            {
                i = block.IndexOf('\n', i) is var end and >= 0 ? end - 1 : block.Length;
                continue;
            }

            if (quote == '\0' && c == '\n')
            {
                Close();
                continue;
            }

            if (c == '\\' && quote != '\'' && i + 1 < block.Length)
            {
                command.Append(c);
                c = block[++i];
            }
            else if (c is '\'' or '"' && (quote == '\0' || quote == c))
            {
                quote = quote == '\0' ? c : '\0';
            }

            command.Append(c);
        }

        Close();
        return commands;

        void Close()
        {
            if (command.ToString().Trim() is { Length: > 0 } text)
            {
                commands.Add(text);
            }

            command.Clear();
        }
    }

    /// <summary>The words of a command, with what is known in place of variables.</summary>
    public static List<string> Words(string command, IReadOnlyDictionary<string, string> known)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var open = false;
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            if (quote == '\'' ? c != '\'' : c == '\\')
            {
                // Inside single quotes all is meant as written; elsewhere a backslash takes the next character's meaning, and both where a line ends.
                c = quote == '\'' ? c : command[++i];
                _ = c == '\n' && quote == '\0' ? word : word.Append(c);
                open |= c != '\n';
            }
            else if (c is '\'' or '"' && (quote == '\0' || quote == c))
            {
                quote = quote == '\0' ? c : '\0';
                open = true;
            }
            else if (c == '$' && Variable().Match(command, i) is { Success: true } name)
            {
                word.Append(known[name.Groups[1].Value]);
                open = true;
                i += name.Length - 1;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Close();
            }
            else
            {
                word.Append(c);
                open = true;
            }
        }

        Close();
        return words;

        void Close()
        {
            if (open)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            open = false;
        }
    }

    [GeneratedRegex(@"\G\$([A-Z_]+)")]
    private static partial Regex Variable();
}
