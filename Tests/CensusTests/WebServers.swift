import Domain
import Foundation
import TestSupport

/// Runs one nginx with the `server` blocks given; `FOLDER` in them stands for a folder of the test's own.
func withServers<Result>(
    _ blocks: String,
    listensAt endpoints: [Endpoint],
    files: [String: String] = [:],
    _ body: () async throws -> Result
) async throws -> Result {
    try await withTemporaryFolder("sites") { folder in
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        let text = """
            daemon off;
            \(geteuid() == 0 ? "user root;" : "")
            worker_processes 1;
            pid \(folder.path)/nginx.pid;
            error_log stderr;
            events { worker_connections 1024; }
            http {
                default_type text/html;
                access_log off;
                server_names_hash_bucket_size 128;
                client_body_temp_path \(folder.path)/body;
                proxy_temp_path \(folder.path)/proxy;
                fastcgi_temp_path \(folder.path)/fastcgi;
                uwsgi_temp_path \(folder.path)/uwsgi;
                scgi_temp_path \(folder.path)/scgi;
                \(blocks.replacingOccurrences(of: "FOLDER", with: folder.path))
            }
            """
        let file = folder.appending(path: "nginx.conf")
        try Data(text.utf8).write(to: file)
        let command = Daemon.Command(
            "/usr/sbin/nginx",
            ["-e", "stderr", "-p", folder.path, "-c", file.path],
            listensAt: endpoints
        )
        return try await Daemon.running(command) { _ in try await body() }
    }
}

/// Runs nsd over the zones given as master files.
func withNameServer<Result>(
    at endpoint: Endpoint,
    zones: [String: String],
    transfer: Bool = true,
    _ body: () async throws -> Result
) async throws -> Result {
    try await withTemporaryFolder("nsd") { folder in
        var text = """
            server:
              ip-address: \(endpoint.address)@\(endpoint.port)
              server-count: 1
              username: ""
              chroot: ""
              zonesdir: "\(folder.path)"
              zonelistfile: "\(folder.path)/zones"
              database: ""
              pidfile: "\(folder.path)/nsd.pid"
              xfrdfile: "\(folder.path)/xfrd"
              xfrdir: "\(folder.path)"
            remote-control:
              control-enable: no

            """
        for (index, zone) in zones.sorted(by: { $0.key < $1.key }).enumerated() {
            try Data(zone.value.utf8).write(to: folder.appending(path: "\(index).zone"))
            text += "zone:\n  name: \"\(zone.key)\"\n  zonefile: \"\(index).zone\"\n"
            if transfer { text += "  provide-xfr: 0.0.0.0/0 NOKEY\n" }
        }
        let file = folder.appending(path: "nsd.conf")
        try Data(text.utf8).write(to: file)
        let command = Daemon.Command("/usr/sbin/nsd", ["-d", "-c", file.path], listensAt: [endpoint])
        return try await Daemon.running(command) { _ in try await body() }
    }
}

/// A certificate for the names, made by openssl: the paths of its two files.
func certificate(for names: [String], in folder: URL) async throws -> (certificate: String, key: String) {
    let paths = (folder.appending(path: "cert.pem").path, folder.appending(path: "key.pem").path)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
        "/O=Test/CN=\(names[0])", "-addext", "subjectAltName=" + names.map { "DNS:\($0)" }.joined(separator: ","),
        "-out", paths.0, "-keyout", paths.1,
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableNotLoadable) }
    return paths
}
