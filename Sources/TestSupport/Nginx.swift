package import Domain
import Foundation
import Glibc

/// Whether a program is installed, for `.enabled(if:)`.
package func isInstalled(_ program: String) -> Bool {
    ["/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"].contains {
        FileManager.default.isExecutableFile(atPath: $0 + program)
    }
}

/// Runs a real nginx on a free port of a loopback address, with the given lines inside its `server` block.
///
/// Lines such as `root /folder; autoindex on;`. The body gets where it listens. With `certificate` and `key` (paths of
/// PEM files) it speaks TLS.
package func withNginx<Result>(
    at address: IPAddress,
    port: UInt16? = nil,
    server lines: String,
    certificate: String? = nil,
    key: String? = nil,
    _ body: (Endpoint) async throws -> Result
) async throws -> Result {
    try await withTemporaryFolder("nginx") { folder in
        let endpoint = Endpoint(address, try port ?? freePort(on: address))
        var block = "listen \(endpoint)\(certificate == nil ? "" : " ssl");\n\(lines)"
        if let certificate, let key { block += "\nssl_certificate \(certificate);\nssl_certificate_key \(key);" }
        let file = folder.appending(path: "nginx.conf")
        try Data(nginxConfiguration(folder: folder.path, server: block).utf8).write(to: file)
        let arguments = ["-e", "stderr", "-p", folder.path, "-c", file.path]
        let command = Daemon.Command("/usr/sbin/nginx", arguments, listensAt: [endpoint])
        return try await Daemon.running(command) { _ in try await body(endpoint) }
    }
}

private func nginxConfiguration(folder: String, server: String) -> String {
    """
    daemon off;
    \(geteuid() == 0 ? "user root;" : "")
    worker_processes 1;
    pid \(folder)/nginx.pid;
    error_log stderr;
    events { worker_connections 1024; }
    http {
        include /etc/nginx/mime.types;
        access_log off;
        keepalive_requests 100000;
        client_body_temp_path \(folder)/body;
        proxy_temp_path \(folder)/proxy;
        fastcgi_temp_path \(folder)/fastcgi;
        uwsgi_temp_path \(folder)/uwsgi;
        scgi_temp_path \(folder)/scgi;
        server {
            \(server)
        }
    }
    """
}
