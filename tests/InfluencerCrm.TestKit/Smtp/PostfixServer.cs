using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InfluencerCrm.TestKit.Smtp;

/// <summary>
/// A real Postfix with a configuration and folders of its own, on a loopback port: TLS, SIZE, CHUNKING, PIPELINING and its own refusals.
/// What it takes goes on to an smtp-sink, so that the tests see it. Postfix is started by root only: without it, by <c>sudo</c>.
/// </summary>
public sealed class PostfixServer : IAsyncDisposable
{
    public const int SizeLimit = 100_000;

    private readonly DirectoryInfo folder;
    private readonly SmtpSink sink;

    private PostfixServer(DirectoryInfo folder, SmtpSink sink, int port)
    {
        this.folder = folder;
        this.sink = sink;
        Port = port;
    }

    public int Port { get; }

    /// <summary>What signed its certificate, which is for <c>localhost</c>.</summary>
    public string AuthorityPath => Path.Combine(folder.FullName, "cert.pem");

    public IReadOnlyList<SinkMail> Mails() => sink.Mails();

    /// <summary>Refuses <c>refused@</c> (550 5.1.1), blocks <c>blocked@</c> (554 5.7.1) and puts off <c>later@</c> (450 4.7.1); takes all others.</summary>
    public static async Task<PostfixServer> StartAsync(CancellationToken ct)
    {
        var sink = await SmtpSink.StartAsync(ct);
        var folder = Directory.CreateTempSubdirectory("postfix-");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        var server = new PostfixServer(folder, sink, FreePort());
        await server.ConfigureAsync(ct);
        await server.PostfixAsync("start", ct);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await PostfixAsync("stop", CancellationToken.None);
        await sink.DisposeAsync();
        await RunAsync(CancellationToken.None, "rm", "-rf", folder.FullName);
    }

    private async Task ConfigureAsync(CancellationToken ct)
    {
        var root = folder.FullName;
        foreach (var name in (string[])["conf", "spool", "data"]) Directory.CreateDirectory(Path.Combine(root, name));
        WriteCertificate(root);
        await File.WriteAllTextAsync(
            Path.Combine(root, "conf", "main.cf"),
            string.Create(CultureInfo.InvariantCulture, $"""
            compatibility_level = 3.6
            queue_directory = {root}/spool
            data_directory = {root}/data
            maillog_file = {root}/log
            maillog_file_prefixes = {root}
            myhostname = localhost
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            alias_maps =
            local_recipient_maps =
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_recipient_restrictions =
              check_recipient_access inline:{"{{"}refused@example.org=550 5.1.1 no such user{"}"}, {"{"}blocked@example.org=554 5.7.1 not from you{"}"}, {"{"}later@example.org=450 4.7.1 greylisted{"}}"}
              permit_mynetworks, reject
            smtpd_proxy_filter = 127.0.0.1:{sink.Port}
            smtpd_delay_reject = yes
            message_size_limit = {SizeLimit}
            smtpd_tls_security_level = may
            smtpd_tls_cert_file = {root}/cert.pem
            smtpd_tls_key_file = {root}/key.pem
            smtpd_client_connection_count_limit = 0
            smtpd_client_connection_rate_limit = 0

            """),
            ct);
        await File.WriteAllTextAsync(
            Path.Combine(root, "conf", "master.cf"),
            string.Create(CultureInfo.InvariantCulture, $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            proxymap unix - - n - - proxymap
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd

            """),
            ct);
        await AsRootAsync(ct, "chown", "postfix", Path.Combine(root, "data"));
        await AsRootAsync(ct, "chown", "-R", "root", Path.Combine(root, "conf"), Path.Combine(root, "spool"));
    }

    private static void WriteCertificate(string root)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        File.WriteAllText(Path.Combine(root, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(root, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private Task PostfixAsync(string act, CancellationToken ct) => AsRootAsync(ct, "/usr/sbin/postfix", "-c", Path.Combine(folder.FullName, "conf"), act);

    private static Task AsRootAsync(CancellationToken ct, params string[] command) =>
        Environment.IsPrivilegedProcess ? RunAsync(ct, command) : RunAsync(ct, ["sudo", "-n", .. command]);

    private static async Task RunAsync(CancellationToken ct, params string[] command)
    {
        // Its daemons would hold pipes of ours open as long as they live.
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]))!;
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}; these tests need Postfix (Debian, Ubuntu: the package postfix) and root or sudo.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
