namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>A statement of the closed language that templates may use.</summary>
internal abstract record Statement
{
    public abstract void Run(LiquidRun run);

    public static void RunAll(IReadOnlyList<Statement> statements, LiquidRun run)
    {
        foreach (var statement in statements)
        {
            run.Step();
            statement.Run(run);
            if (run.Signal is not LoopSignal.None)
                return;
        }
    }
}

internal sealed record Literal(string Text) : Statement
{
    public override void Run(LiquidRun run) => run.WriteLiteral(Text);
}

internal sealed record Output(Expression Expression, int Line, int Column) : Statement
{
    private readonly bool showsUnsubscribeUrl = Expression.Uses(TemplateVariables.UnsubscribeUrl);

    public override void Run(LiquidRun run) =>
        run.WriteValue(Expression.Value(run), Expression.Missing(run), Line, Column, showsUnsubscribeUrl);
}

internal sealed record If(Expression Condition, IReadOnlyList<Statement> Then, IReadOnlyList<Statement> Else) : Statement
{
    public override void Run(LiquidRun run) => RunAll(LiquidValues.IsTrue(Condition.Value(run)) ? Then : Else, run);
}

internal sealed record When(IReadOnlyList<Expression> Values, IReadOnlyList<Statement> Body);

internal sealed record Case(Expression Subject, IReadOnlyList<When> Whens, IReadOnlyList<Statement> Else) : Statement
{
    public override void Run(LiquidRun run)
    {
        var subject = Subject.Value(run);
        var match = Whens.FirstOrDefault(w => w.Values.Any(v => Matches(run, subject, v)));
        RunAll(match?.Body ?? Else, run);
    }

    private static bool Matches(LiquidRun run, object? subject, Expression value)
    {
        run.Charge(subject is string text ? text.Length : 1);
        return LiquidValues.AreEqual(run, subject, value.Value(run));
    }
}

internal sealed record For(string Name, Expression List, int? Offset, int? Limit, bool Reversed, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Else) : Statement
{
    /// <summary>Members of <c>forloop</c> by their Liquid names.</summary>
    public static readonly IReadOnlyList<string> LoopMembers = ["index", "index0", "rindex", "rindex0", "first", "last", "length"];

    public override void Run(LiquidRun run)
    {
        var items = (List.Value(run) as IEnumerable<object> ?? []).Skip(Offset ?? 0).Take(Limit ?? int.MaxValue).ToList();
        run.Charge(items.Count);
        if (Reversed)
            items.Reverse();

        if (items.Count == 0)
        {
            RunAll(Else, run);
            return;
        }

        var (outer, outerLoop) = (run[Name], run["forloop"]);
        for (var i = 0; i < items.Count; i++)
        {
            run.Step();
            run[Name] = new(items[i], null);
            run["forloop"] = new((Index: i, items.Count), null);
            RunAll(Body, run);
            var signal = run.Signal;
            run.Signal = LoopSignal.None;
            if (signal is LoopSignal.Break)
                break;
        }

        (run[Name], run["forloop"]) = (outer, outerLoop);
    }
}

internal sealed record LoopMember(string Member) : Expression
{
    public override object? Value(LiquidRun run)
    {
        if (run["forloop"].Value is not (int index, int count))
            return null;

        return Member switch
        {
            "index" => index + 1m,
            "index0" => (decimal)index,
            "rindex" => (decimal)(count - index),
            "rindex0" => count - index - 1m,
            "first" => index == 0,
            "last" => index == count - 1,
            _ => (object)(decimal)count,
        };
    }
}

internal sealed record Assign(string Name, Expression Expression) : Statement
{
    public override void Run(LiquidRun run) => run[Name] = new(Expression.Value(run), Expression.Missing(run));
}

/// <summary>What is captured is text from then on, Markdown signs included: it may hold values.</summary>
internal sealed record Capture(string Name, IReadOnlyList<Statement> Body) : Statement
{
    public override void Run(LiquidRun run)
    {
        run.BeginCapture();
        RunAll(Body, run);
        run[Name] = new(run.EndCapture(), null);
    }
}

internal sealed record Jump(LoopSignal Signal) : Statement
{
    public override void Run(LiquidRun run) => run.Signal = Signal;
}
