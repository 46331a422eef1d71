using System.Globalization;
using Scriban;
using Scriban.Syntax;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>
/// Reads Liquid with Scriban's parser and keeps only what templates may use. Scriban does not evaluate:
/// an interpreter of this small language has no reflection, regular expression, include or file to take away.
/// </summary>
internal sealed class LiquidCompiler
{
    private const int SourceLimit = 64 * 1024;
    private const int ProblemLimit = 20;

    private readonly HashSet<string> locals = new(StringComparer.Ordinal);
    private readonly string target;
    private readonly List<TemplateProblem> problems = [];

    private LiquidCompiler(string target) => this.target = target;

    public static (IReadOnlyList<Statement> Statements, IReadOnlyList<TemplateProblem> Problems) Compile(string source, string target)
    {
        var compiler = new LiquidCompiler(target);
        if (source.Length > SourceLimit)
        {
            compiler.Report("tooLarge", $"The template is longer than {SourceLimit / 1024:N0} KB.", null);
            return ([], compiler.problems);
        }

        var template = Template.ParseLiquid(source);
        if (template.HasErrors)
        {
            foreach (var message in template.Messages.Take(ProblemLimit))
            {
                // Scriban gives the end of the text as (0,0), which is nowhere for the author.
                var (line, column) = message.Span.Start.Line < 0 ? (source.AsSpan().Count('\n') + 1, 1) : Place(message.Span.Start);
                compiler.problems.Add(new("syntax", $"This is not Liquid: {message.Message}", line, column) { Target = target });
            }

            return ([], compiler.problems);
        }

        var statements = compiler.Block(template.Page?.Body);
        return compiler.problems.Count == 0 ? (statements, []) : ([], compiler.problems);
    }

    private static (int Line, int Column) Place(Scriban.Parsing.TextPosition position) => (position.Line + 1, position.Column + 1);

    private List<Statement> Block(ScriptBlockStatement? block)
    {
        var result = new List<Statement>();
        foreach (var statement in block?.Statements ?? [])
        {
            if (Compile(statement) is { } compiled)
                result.Add(compiled);
        }

        return result;
    }

    private Statement? Compile(ScriptStatement statement) => statement switch
    {
        ScriptEscapeStatement or ScriptEndStatement or ScriptNopStatement => null,
        ScriptRawStatement raw => raw.Text.Length == 0 ? null : new Literal(raw.Text.ToString()),
        ScriptExpressionStatement { Expression: ScriptAssignExpression assign } => Assignment(assign),
        ScriptExpressionStatement { Expression: { } expression } => new Output(Compile(expression), Place(statement.Span.Start).Line, Place(statement.Span.Start).Column),
        ScriptIfStatement branch => new If(Compile(branch.Condition), Block(branch.Then), Otherwise(branch.Else)),
        ScriptCaseStatement choice => Choice(choice),
        ScriptTableRowStatement => Refuse("tablerow", statement),
        ScriptForStatement loop => Loop(loop),
        ScriptCaptureStatement capture => Captured(capture),
        ScriptBreakStatement => new Jump(LoopSignal.Break),
        ScriptContinueStatement => new Jump(LoopSignal.Continue),
        _ => Refuse(null, statement),
    };

    private Statement? Refuse(string? what, ScriptNode at)
    {
        Report("notSupported", what is null ? "Templates may not do this." : $"Templates may not use {what}.", at);
        return null;
    }

    private List<Statement> Otherwise(ScriptConditionStatement? branch) => branch switch
    {
        null => [],
        ScriptElseStatement last => Block(last.Body),
        _ => Compile(branch) is { } next ? [next] : [],
    };

    private Assign? Assignment(ScriptAssignExpression assign)
    {
        var value = Compile(assign.Value);
        return NewLocal(assign.Target) is { } name ? new Assign(name, value) : null;
    }

    private Capture? Captured(ScriptCaptureStatement capture)
    {
        var body = Block(capture.Body);
        return NewLocal(capture.Target) is { } name ? new Capture(name, body) : null;
    }

    private string? NewLocal(ScriptExpression? variable)
    {
        if (variable is ScriptVariable { Name: var name } && !TemplateVariables.IsRoot(name) && name is not ("forloop" or "for"))
        {
            locals.Add(name);
            return name;
        }

        Report("notSupported", $"{PathOf(variable) ?? "This"} cannot be given a new value here; choose another name.", variable);
        return null;
    }

    private Case Choice(ScriptCaseStatement choice)
    {
        var subject = Compile(choice.Value);
        List<When> whens = [];
        List<Statement> otherwise = [];
        // What stands between "case" and the first "when" is whitespace by Liquid's rules and is dropped.
        ScriptConditionStatement? next = choice.Body?.Statements.OfType<ScriptWhenStatement>().FirstOrDefault();
        while (next is ScriptWhenStatement when)
        {
            whens.Add(new([.. when.Values.Select(Compile)], Block(when.Body)));
            next = when.Next;
        }

        if (next is ScriptElseStatement last)
            otherwise = Block(last.Body);

        return new Case(subject, whens, otherwise);
    }

    private For? Loop(ScriptForStatement loop)
    {
        var list = Compile(loop.Iterator);
        // Ranges are left out: nothing in a mail is counted, and (1..1000000000) is an attack.
        if (list is not (Variable { Name: "assets" } or LocalVariable))
            Report("notSupported", "Templates may loop over assets only.", loop.Iterator);

        int? offset = null, limit = null;
        var reversed = false;
        foreach (var argument in loop.NamedArguments ?? [])
        {
            var number = argument.Value is ScriptLiteral { Value: int n } && n >= 0 ? n : (int?)null;
            switch (argument.Name?.Name)
            {
                case "reversed": reversed = true; break;
                case "limit" when number is not null: limit = number; break;
                case "offset" when number is not null: offset = number; break;
                default: Report("notSupported", "A loop takes limit:, offset: (whole numbers) and reversed.", argument); break;
            }
        }

        var name = NewLocal(loop.Variable as ScriptExpression);
        var body = Block(loop.Body);
        var otherwise = Block(loop.Else?.Body);
        return name is null ? null : new For(name, list, offset, limit, reversed, body, otherwise);
    }

    private Expression Compile(ScriptExpression? expression) => expression switch
    {
        ScriptLiteral literal => new Constant(LiteralValue(literal.Value)),
        ScriptNestedExpression nested => Compile(nested.Expression),
        ScriptUnaryExpression { Operator: ScriptUnaryOperator.Not } not => new Not(Compile(not.Right)),
        ScriptUnaryExpression { Operator: ScriptUnaryOperator.Negate, Right: ScriptLiteral { Value: int number } } => new Constant(-(decimal)number),
        ScriptVariable or ScriptMemberExpression => Name(expression),
        ScriptPipeCall pipe => Pipe(Compile(pipe.From), pipe.To),
        ScriptBinaryExpression binary when Operator(binary.Operator) is { } comparison => new Binary(Compile(binary.Left), comparison, Compile(binary.Right)),
        _ => Refused(expression),
    };

    // Pipes lean to the right: a | (b | c).
    private Expression Pipe(Expression input, ScriptExpression? to) => to switch
    {
        ScriptPipeCall pipe => Pipe(Pipe(input, pipe.From), pipe.To),
        ScriptFunctionCall { Target: ScriptVariable { Name: var name } } call => Filter(input, name, call),
        ScriptVariable { Name: var name } => Filter(input, name, to),
        _ => Refused(to),
    };

    private Expression Filter(Expression input, string name, ScriptExpression at)
    {
        List<Expression> arguments = at is ScriptFunctionCall call ? [.. call.Arguments.Select(Compile)] : [];
        if (LiquidFilters.Find(name) is not { } filter)
        {
            var hint = TemplateVariables.Nearest(name, LiquidFilters.Names) is { } nearest ? $" Did you mean {nearest}?" : "";
            Report("unknownFilter", $"There is no filter {name}.{hint} Filters: {string.Join(", ", LiquidFilters.Names)}.", at);
            return input;
        }

        if (arguments.Count >= filter.Required && arguments.Count <= filter.Required + filter.Optional)
            return new Filtered(input, filter, arguments);

        Report("syntax", $"The filter {name} takes {filter.Required}{(filter.Optional > 0 ? $" to {filter.Required + filter.Optional}" : "")} arguments, not {arguments.Count}.", at);
        return input;
    }

    private Expression Name(ScriptExpression expression)
    {
        var name = PathOf(expression);
        if (name is "blank" or "empty" or "nil" or "null")
            return new Constant(null);
        if (name is not null && TemplateVariables.Reader(name) is { } read)
            return new Variable(name, read);
        if (name is "assets.size")
            return new ListSize(new Variable("assets", TemplateVariables.Reader("assets")!)); // of the allow-list
        if (name is not null && locals.Contains(name))
            return new LocalVariable(name);

        var dot = name?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (name is not null && dot > 0)
        {
            var (root, member) = (name[..dot], name[(dot + 1)..]);
            // The parser turns Liquid's "forloop" into its own "for".
            if (root is "for" or "forloop" && For.LoopMembers.Contains(member))
                return new LoopMember(member);
            if (locals.Contains(root) && TemplateVariables.AssetMembers.Contains(member))
                return new AssetMember(root, member);
        }

        var candidates = TemplateVariables.Names.Concat(locals);
        var hint = name is not null && TemplateVariables.Nearest(name, candidates) is { } nearest ? $" Did you mean {nearest}?" : "";
        Report("unknownVariable", $"{Shown(name ?? "This")} is not a template variable.{hint} Variables: {string.Join(", ", TemplateVariables.Names)}.", expression, name);
        return new Constant(null);
    }

    private static string? PathOf(ScriptExpression? expression) => expression switch
    {
        ScriptVariable variable => variable.Name,
        ScriptMemberExpression { Target: { } target, Member: { } member } => PathOf(target) is { } path ? $"{path}.{member.Name}" : null,
        _ => null,
    };

    private Constant Refused(ScriptExpression? expression)
    {
        var what = expression switch
        {
            ScriptFunctionCall { Target: ScriptVariable { Name: var name } } => $"Templates may not use {Shown(name)}.",
            ScriptIndexerExpression => "Templates write influencer.firstName, not influencer[\"firstName\"].",
            ScriptBinaryExpression { Operator: ScriptBinaryOperator.RangeInclude or ScriptBinaryOperator.RangeExclude } => "Templates may not use ranges.",
            _ => "Templates may not calculate here.",
        };
        Report("notSupported", what, expression);
        return new Constant(null);
    }

    private void Report(string code, string message, ScriptNode? at, string? variable = null)
    {
        if (problems.Count >= ProblemLimit)
            return;

        var (line, column) = at is null ? (0, 0) : Place(at.Span.Start);
        problems.Add(new(code, message, line, column) { Target = target, Variable = variable });
    }

    private static string Shown(string name) => name.Length <= 60 ? name : name[..60] + "…";

    private static object? LiteralValue(object? value) => value switch
    {
        string or bool or null => value,
        int or long => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        // Anything a decimal cannot hold is no number that a mail would show.
        _ => decimal.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    private static Comparison? Operator(ScriptBinaryOperator op) => op switch
    {
        ScriptBinaryOperator.CompareEqual => Comparison.Equal,
        ScriptBinaryOperator.CompareNotEqual => Comparison.NotEqual,
        ScriptBinaryOperator.CompareLess => Comparison.Less,
        ScriptBinaryOperator.CompareLessOrEqual => Comparison.LessOrEqual,
        ScriptBinaryOperator.CompareGreater => Comparison.Greater,
        ScriptBinaryOperator.CompareGreaterOrEqual => Comparison.GreaterOrEqual,
        ScriptBinaryOperator.LiquidContains => Comparison.Contains,
        ScriptBinaryOperator.And => Comparison.And,
        ScriptBinaryOperator.Or => Comparison.Or,
        _ => null,
    };
}
