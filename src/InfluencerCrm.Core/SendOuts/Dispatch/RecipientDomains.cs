using InfluencerCrm.Core.Work;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>
/// Keeps count of the mails in flight to each recipient domain, and slows down for one whose server asks for it, and for no other. In memory:
/// what another host does not know it is told by the same server.
/// </summary>
internal sealed class RecipientDomains(IOptions<DispatchOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, State> _states = [];

    public static string Of(Message message)
    {
        var address = message.AddressKey ?? message.ToAddress ?? "";
        return address[(address.LastIndexOf('@') + 1)..];
    }

    /// <summary>True: one more mail is in flight to it, until <see cref="Leave"/>.</summary>
    public bool TryEnter(string domain)
    {
        lock (_lock)
        {
            var state = StateOf(domain);
            var most = state.Refusals > 0 ? 1 : options.Value.LimitOf(domain)?.Connections ?? int.MaxValue;
            if (state.InFlight >= most || RestOf(state) > TimeSpan.Zero)
            {
                return false;
            }

            state.InFlight++;
            return true;
        }
    }

    /// <summary>How long its server is to be left alone.</summary>
    public TimeSpan Rest(string domain)
    {
        lock (_lock)
        {
            return _states.TryGetValue(domain, out var state) ? RestOf(state) : TimeSpan.Zero;
        }
    }

    /// <param name="answer">What became of the mail; null: it never began.</param>
    public void Leave(string domain, DeliveryAnswer? answer)
    {
        lock (_lock)
        {
            var state = StateOf(domain);
            state.InFlight--;
            if (answer is { SlowsDomain: true })
            {
                // Those that were in flight together say the same thing once.
                if (RestOf(state) == TimeSpan.Zero)
                {
                    state.Refusals++;
                    state.RefusedAt = clock.GetTimestamp();
                    state.Rest = BackOff.After(state.Refusals, FirstRest, LongestRest) * (0.75 + (Random.Shared.NextDouble() / 2));
                }
            }
            else if (answer is { Outcome: DeliveryOutcome.Sent })
            {
                state.Refusals /= 2;
            }

            if (state is { InFlight: 0, Refusals: 0 })
            {
                _states.Remove(domain);
            }
        }
    }

    private TimeSpan RestOf(State state)
    {
        if (state.Refusals == 0)
        {
            return TimeSpan.Zero;
        }

        var left = state.Rest - clock.GetElapsedTime(state.RefusedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private State StateOf(string domain)
    {
        if (!_states.TryGetValue(domain, out var state))
        {
            _states.Add(domain, state = new State());
        }

        return state;
    }

    private sealed class State
    {
        public int InFlight { get; set; }

        public int Refusals { get; set; }

        public long RefusedAt { get; set; }

        public TimeSpan Rest { get; set; }
    }
}
