import Domain
import Foundation
import TestSupport

/// The FTP servers that are collected from: one that knows LIST alone, and one that knows MLSD.
enum RealFTPServer: String, CaseIterable, Sendable {
    case vsftpd
    case pyftpdlib

    var isInstalled: Bool {
        let path =
            switch self {
            case .vsftpd: "/usr/sbin/vsftpd"
            case .pyftpdlib: "/usr/lib/python3/dist-packages/pyftpdlib"
            }
        return FileManager.default.fileExists(atPath: path)
    }

    static var installed: [RealFTPServer] { allCases.filter(\.isInstalled) }

    /// Serves the folder to anyone on a free port of the address while the body runs.
    func serve<Result>(
        _ folder: URL,
        at address: IPAddress,
        settings: String = "",
        _ body: (Endpoint) async throws -> Result
    ) async throws -> Result {
        let endpoint = Endpoint(address, try freePort(on: address))
        let root = folder.path(percentEncoded: false)
        switch self {
        case .vsftpd:
            return try await withTemporaryFolder("vsftpd") { own in
                let file = own.appending(path: "vsftpd.conf")
                try Data((vsftpd(own.path(percentEncoded: false), root, endpoint) + settings + "\n").utf8).write(
                    to: file
                )
                let command = Daemon.Command(
                    "/usr/sbin/vsftpd",
                    [file.path(percentEncoded: false)],
                    listensAt: [endpoint]
                )
                return try await Daemon.running(command) { _ in try await body(endpoint) }
            }
        case .pyftpdlib:
            let arguments = ["-m", "pyftpdlib", "-i", "\(address)", "-p", "\(endpoint.port)", "-d", root]
            let command = Daemon.Command("/usr/bin/python3", arguments, listensAt: [endpoint])
            return try await Daemon.running(command) { _ in try await body(endpoint) }
        }
    }

    private func vsftpd(_ own: String, _ root: String, _ endpoint: Endpoint) -> String {
        """
        listen=YES
        background=NO
        listen_address=\(endpoint.address)
        listen_port=\(endpoint.port)
        run_as_launching_user=YES
        seccomp_sandbox=NO
        anonymous_enable=YES
        local_enable=NO
        anon_root=\(root)
        write_enable=NO
        xferlog_enable=NO
        vsftpd_log_file=\(own)/log

        """
    }
}
