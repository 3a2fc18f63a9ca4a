import Domain

extension Blueprint {
    /// OpenSSH with a host key of the seed's; nobody can log in.
    func secureShell(on host: World.Host) throws(LabError) -> Daemon {
        let name = "\(host.name)-sshd"
        let run = runFolder(name)
        let configuration = """
            ListenAddress \(host.address)
            Port \(port(of: .ssh))
            HostKey \(run)/host-key
            PidFile none
            UsePAM no
            StrictModes no
            AuthorizedKeysFile none
            PasswordAuthentication no
            LogLevel ERROR

            """
        return Daemon(
            name: name,
            host: host.name,
            files: ["sshd.conf": Array(configuration.utf8), "host-key": try hostKey(for: host)],
            command: ["/usr/sbin/sshd", "-D", "-e", "-f", "\(run)/sshd.conf"],
            listens: [Endpoint(host.address, port(of: .ssh))]
        )
    }

    /// Postfix's `smtp-sink`: of Debian's mail servers the one that runs for any user on one address. It keeps nothing.
    func mail(on host: World.Host) -> Daemon {
        let endpoint = Endpoint(host.address, port(of: .smtp))
        return Daemon(
            name: "\(host.name)-smtp",
            host: host.name,
            files: [:],
            command: ["/usr/sbin/smtp-sink", "-4", "-h", zoneName(of: host), "inet:\(endpoint)", "16"],
            listens: [endpoint]
        )
    }

    /// What an FTP server has to give.
    static var sharedFile: (name: String, bytes: [UInt8]) { ("README.txt", Array("Public files.\n".utf8)) }

    /// vsftpd, which lets anyone in only on an open host.
    func fileTransfer(on host: World.Host) -> Daemon {
        let name = "\(host.name)-vsftpd"
        let run = runFolder(name)
        let configuration = """
            listen=YES
            background=NO
            listen_address=\(host.address)
            listen_port=\(port(of: .ftp))
            run_as_launching_user=YES
            seccomp_sandbox=NO
            anonymous_enable=\(host.isOpen ? "YES" : "NO")
            local_enable=\(host.isOpen ? "NO" : "YES")
            anon_root=\(run)/files
            write_enable=NO
            xferlog_enable=NO
            vsftpd_log_file=\(run)/vsftpd.log
            ftpd_banner=\(zoneName(of: host)) FTP server ready.

            """
        return Daemon(
            name: name,
            host: host.name,
            files: ["vsftpd.conf": Array(configuration.utf8), "files/\(Self.sharedFile.name)": Self.sharedFile.bytes],
            command: ["/usr/sbin/vsftpd", "\(run)/vsftpd.conf"],
            listens: [Endpoint(host.address, port(of: .ftp))]
        )
    }

    /// The rsync daemon, with a module that only an open host shows and gives to anyone.
    func rsync(on host: World.Host) -> Daemon {
        let name = "\(host.name)-rsync"
        let run = runFolder(name)
        let access =
            host.isOpen
            ? "    list = yes"
            : "    list = no\n    auth users = archivist\n    secrets file = \(run)/secrets\n    strict modes = no"
        let configuration = """
            use chroot = no
            pid file = \(run)/rsync.pid
            log file = \(run)/rsync.log
            [archive]
                path = \(run)/files
                comment = archive
                read only = yes
            \(access)

            """
        let secret = seed.bytes(for: "rsync \(host.name)").prefix(12).map { String($0, radix: 16) }.joined()
        return Daemon(
            name: name,
            host: host.name,
            files: [
                "rsync.conf": Array(configuration.utf8), "secrets": Array("archivist:\(secret)\n".utf8),
                "files/README.txt": Array("Archive.\n".utf8),
            ],
            command: [
                "/usr/bin/rsync", "--daemon", "--no-detach", "--config=\(run)/rsync.conf",
                "--address=\(host.address)", "--port=\(port(of: .rsync))",
            ],
            listens: [Endpoint(host.address, port(of: .rsync))]
        )
    }

    /// PHP's process pool for the login pages, behind the host's web server.
    func application(on host: World.Host) -> Daemon {
        let name = "\(host.name)-php"
        let run = runFolder(name)
        let configuration = """
            [global]
            daemonize = no
            error_log = \(run)/error.log
            [www]
            listen = \(run)/php.sock
            listen.mode = 0666
            pm = static
            pm.max_children = 2
            php_admin_value[session.save_path] = \(run)/sessions
            php_admin_value[expose_php] = Off
            php_admin_value[date.timezone] = UTC

            """
        return Daemon(
            name: name,
            host: host.name,
            files: ["php-fpm.conf": Array(configuration.utf8)],
            folders: ["sessions"],
            command: ["/usr/sbin/php-fpm8.2", "-n", "-F", "-y", "\(run)/php-fpm.conf"],
            listens: [],
            socket: "php.sock"
        )
    }
}
