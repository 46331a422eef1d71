using System.Collections.Frozen;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Core.Imports.Places;

/// <summary>Words of closed sets as people write them of outlets, French and English.</summary>
internal static class OutletWords
{
    private static readonly FrozenDictionary<string, OutletKind> Kinds = Table(
        (OutletKind.Newspaper, "newspaper journal quotidien daily dailynewspaper pqr pqn pressequotidienne pressequotidienneregionale pressequotidiennenationale hebdo hebdomadaire weekly weeklynewspaper presse press print presseecrite gratuit zeitung tageszeitung phr"),
        (OutletKind.Magazine, "magazine mensuel monthly trimestriel revue review journaltrade trademagazine pressemagazine presseprofessionnelle pressespecialisee consumermagazine zeitschrift bimestriel quarterly"),
        (OutletKind.NewsAgency, "newsagency agence agencedepresse agencepresse pressagency wire wireservice agency nachrichtenagentur"),
        (OutletKind.Website, "website site siteweb web online enligne presseenligne pureplayer onlinenews newssite siteinternet portail portal digital internet onlineconsumer onlinetrade webmagazine webzine"),
        (OutletKind.Blog, "blog blogs weblog blogue"),
        (OutletKind.Podcast, "podcast podcasts balado"),
        (OutletKind.Newsletter, "newsletter newsletters infolettre lettre lettredinformation substack"),
        (OutletKind.Tv, "tv television tele chaine chainetv tvstation tvchannel fernsehen broadcast tvprogram tvprogramme"),
        (OutletKind.Radio, "radio station stationradio radiostation rundfunk hoerfunk webradio radioprogram radioprogramme"),
        (OutletKind.Channel, "channel youtube youtubechannel chaineyoutube instagram tiktok twitch twitchchannel compte account linkedin social reseausocial socialmedia"),
        (OutletKind.Institution, "institution institut association ong ngo organisme organization organisation universite university thinktank syndicat federation collectivite"));

    private static readonly FrozenDictionary<string, OutletUnit> Units = Table(
        (OutletUnit.Outlet, "outlet media whole titre"),
        (OutletUnit.Desk, "desk service rubrique section redaction"),
        (OutletUnit.Bureau, "bureau correspondance agencelocale localoffice bureaulocal"),
        (OutletUnit.Programme, "programme program emission show sendung"),
        (OutletUnit.Supplement, "supplement cahier encart"),
        (OutletUnit.Edition, "edition editionlocale localedition ausgabe"));

    private static readonly FrozenDictionary<string, OutletScope> Scopes = Table(
        (OutletScope.National, "national nationale nationwide international internationale france uk pays nat"),
        (OutletScope.Regional, "regional regionale region reg"),
        (OutletScope.Local, "local locale departemental departementale ville city"),
        (OutletScope.Trade, "trade professionnel professionnelle pro specialise specialisee b2b secteur sectoriel industry"));

    public static OutletKind? Kind(string text) => Find(Kinds, text);

    public static OutletUnit? Unit(string text) => Find(Units, text);

    public static OutletScope? Scope(string text) => Find(Scopes, text);

    internal static T? Find<T>(FrozenDictionary<string, T> words, string text)
        where T : struct =>
        words.TryGetValue(WordKey.Of(text), out var value) ? value : null;

    internal static FrozenDictionary<string, T> Table<T>(params (T Value, string Forms)[] table)
        where T : struct, Enum =>
        table.SelectMany(t => t.Forms.Split(' ').Append(WordKey.Of(t.Value.ToString())).Distinct().Select(f => (f, t.Value)))
            .DistinctBy(p => p.f).ToFrozenDictionary(p => p.f, p => p.Value, StringComparer.Ordinal);
}
