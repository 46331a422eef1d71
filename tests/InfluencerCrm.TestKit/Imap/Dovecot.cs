using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace InfluencerCrm.TestKit.Imap;

/// <summary>Dovecot on a loopback port, with configuration and mails of its own in a temporary folder. Everybody signs in with <see cref="Password"/>.</summary>
public sealed class Dovecot : IAsyncDisposable
{
    public const string Password = "correct-horse";

    private const int StartAttempts = 5;

    private readonly string folder;
    private readonly string user;
    private readonly bool tls;
    private Process? process;
    private long delivered;

    private Dovecot(string folder, string user, bool tls)
    {
        this.folder = folder;
        this.user = user;
        this.tls = tls;
    }

    public static string Host => "127.0.0.1";

    public int Port { get; private set; }

    /// <summary>What the server wrote about itself.</summary>
    public string Words => File.Exists(Path.Combine(folder, "log")) ? File.ReadAllText(Path.Combine(folder, "log")) : "";

    /// <summary>With TLS: the authority that signed the server's certificate; nobody trusts it unasked.</summary>
    public string AuthorityPath => Path.Combine(folder, "cert.pem");

    /// <summary>How the product finds it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Mail:Inbox:Host"] = Host,
        ["Mail:Inbox:Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Mail:Inbox:UserName"] = user,
        ["Mail:Inbox:Password"] = Password,
        ["Mail:Inbox:Security"] = tls ? "Tls" : "None",
    };

    private string Maildir => Path.Combine(folder, "mail", user);

    private string Configuration => Path.Combine(folder, "dovecot.conf");

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="user">Whose mails: the name to sign in with.</param>
    /// <param name="idle">False: the server does not offer IDLE.</param>
    /// <param name="tls">True: the port speaks TLS from the first byte, with a certificate that nobody trusts.</param>
    /// <param name="more">More lines of configuration.</param>
    /// <param name="oauth">Nobody signs in by password, but with a token for which this address answers who it is.</param>
    public static async Task<Dovecot> StartAsync(CancellationToken ct, string user = "press", bool idle = true, bool tls = false, string more = "", Uri? oauth = null)
    {
        var server = new Dovecot(Directory.CreateTempSubdirectory("dovecot-").FullName, user, tls);
        foreach (var part in (string[])["", "base", "state", "home", "mail", $"mail/{user}", $"mail/{user}/new", $"mail/{user}/cur", $"mail/{user}/tmp"]) OpenToAll(Directory.CreateDirectory(Path.Combine(server.folder, part)).FullName);
        if (tls) await server.MakeCertificateAsync(ct);
        await File.WriteAllTextAsync(Path.Combine(server.folder, "oauth2.conf"), $"introspection_url = {oauth}\nintrospection_mode = auth\nforce_introspection = yes\nusername_attribute = email\n", ct);
        for (var attempt = 1; ; attempt++)
        {
            server.Port = FreePort();
            await File.WriteAllTextAsync(server.Configuration, server.Configure(idle, oauth is not null, more), ct);
            if (await server.TryStartAsync(ct)) return server;
            if (attempt == StartAttempts) throw new InvalidOperationException($"Dovecot did not start: {server.Words}");
        }
    }

    /// <summary>Puts a mail into the inbox, as a delivery agent does.</summary>
    /// <param name="at">When it came, as the server will say; now where it is not given.</param>
    public void Deliver(string mail, DateTime? at = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000 + ++delivered}.M{delivered}.test");
        var part = Path.Combine(Maildir, "tmp", name);
        File.WriteAllText(part, mail.ReplaceLineEndings("\n"), new UTF8Encoding(false));
        if (at is { } time) File.SetLastWriteTimeUtc(part, time);
        OpenToAll(part);
        File.Move(part, Path.Combine(Maildir, "new", name));
    }

    /// <summary>The mails of a folder as they lie there; file names end with flags.</summary>
    /// <param name="mailbox">Null: the inbox.</param>
    public IReadOnlyList<FileInfo> Mails(string? mailbox = null)
    {
        var place = mailbox is null ? Maildir : Path.Combine(Maildir, $".{mailbox}");
        return [.. ((string[])["new", "cur"]).Select(p => new DirectoryInfo(Path.Combine(place, p))).Where(d => d.Exists).SelectMany(d => d.GetFiles()).OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    /// <summary>Stops it; connections are cut.</summary>
    public async Task StopAsync()
    {
        if (process is { HasExited: false })
        {
            // A gentle end, so that its children go too.
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);

            // Its children go a moment later; what they still write is under this lock.
            for (var attempt = 0; attempt < 100 && File.Exists(Path.Combine(Maildir, "dovecot-uidlist.lock")); attempt++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            }
        }

        process?.Dispose();
        process = null;
    }

    /// <summary>Starts it again, on the port it had.</summary>
    public async Task StartAgainAsync(CancellationToken ct)
    {
        // Sockets of the connections that were cut may hold the port for a moment.
        for (var attempt = 1; !await TryStartAsync(ct); attempt++)
        {
            if (attempt == StartAttempts) throw new InvalidOperationException($"Dovecot did not start again: {Words}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ct);
        }
    }

    /// <summary>Stopped: makes the server number the inbox anew, as after a restored backup.</summary>
    public void ForgetNumbers()
    {
        foreach (var file in new DirectoryInfo(Maildir).GetFiles("dovecot*")) file.Delete();

        // The new numbers begin with this; the clock of the server, in seconds, may not have moved on.
        var list = Path.Combine(Maildir, "dovecot-uidlist");
        File.WriteAllText(list, "3 V1234567 N1\n");
        OpenToAll(list);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 20)
            {
                // Its children may still write their last words.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    // As root its children run as nobody, who must be able to read and write the mails.
    private static string RunsAs => Environment.IsPrivilegedProcess ? "nobody" : Environment.UserName;

    private static string Group => Environment.IsPrivilegedProcess ? "nogroup" : Environment.UserName;

    private string Configure(bool idle, bool oauth, string more) => $$"""
        protocols = imap
        listen = {{Host}}
        base_dir = {{folder}}/base
        state_dir = {{folder}}/state
        log_path = {{folder}}/log
        default_internal_user = {{RunsAs}}
        default_login_user = {{RunsAs}}
        default_internal_group = {{Group}}
        first_valid_uid = 1
        mail_location = maildir:{{folder}}/mail/%u
        disable_plaintext_auth = no
        auth_mechanisms = {{(oauth ? "xoauth2" : "plain login")}}
        {{(tls ? $"ssl = required\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem" : "ssl = no")}}
        passdb {
          driver = {{(oauth ? "oauth2" : "static")}}
          args = {{(oauth ? $"{folder}/oauth2.conf" : $"password={Password}")}}
        }
        userdb {
          driver = static
          args = uid={{RunsAs}} gid={{Group}} home={{folder}}/home/%u
        }
        service anvil {
          chroot =
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = {{(tls ? 0 : Port)}}
          }
          inet_listener imaps {
            port = {{(tls ? Port : 0)}}
            ssl = yes
          }
        }
        protocol imap {
          {{(idle ? "" : "imap_capability = IMAP4rev1 SASL-IR LITERAL+ NAMESPACE UIDPLUS SPECIAL-USE")}}
        }
        {{more}}
        """;

    private async Task<bool> TryStartAsync(CancellationToken ct)
    {
        var start = new ProcessStartInfo(Find()) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-F", "-c", Configuration]) start.ArgumentList.Add(argument);
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"Dovecot cannot be run: {e.Message}", e);
        }

        while (!process.HasExited)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(Host, Port, ct);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
            }
        }

        return false;
    }

    private async Task MakeCertificateAsync(CancellationToken ct)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(Host));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        await File.WriteAllTextAsync(AuthorityPath, certificate.ExportCertificatePem(), ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem(), ct);
    }

    private static void OpenToAll(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
    }

    private static string Find()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        string[] folders = [.. path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/usr/local/sbin"];
        return folders.Select(f => Path.Combine(f, "dovecot")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("These tests need Dovecot's IMAP server (Debian, Ubuntu: the package dovecot-imapd).");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
