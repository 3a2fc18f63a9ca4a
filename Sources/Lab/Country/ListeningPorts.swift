import Domain

/// Which TCP endpoints this machine listens on, as the kernel's table says.
struct ListeningPorts {
    let endpoints: Set<Endpoint>

    /// Reads the table of this process's network namespace, or of another process's.
    ///
    /// An unreadable table is an empty one: the wait for a daemon then runs out.
    static func read(of process: Int32? = nil) -> ListeningPorts {
        let path = "/proc/\(process.map(String.init) ?? "self")/net/tcp"
        return ListeningPorts(table: String(decoding: Files.readKernelTable(path) ?? [], as: UTF8.self))
    }

    /// - Parameter table: Lines as proc(5) has them: local address and port in hexadecimal, state `0A` for listening.
    init(table: String) {
        endpoints = Set(
            table.split(separator: "\n").dropFirst().compactMap { line in
                let fields = line.split(separator: " ", maxSplits: 4)
                guard fields.count > 3, fields[3] == "0A" else { return nil }
                let local = fields[1].split(separator: ":")
                guard local.count == 2, let address = UInt32(local[0], radix: 16),
                    let port = UInt16(local[1], radix: 16)
                else { return nil }
                // The kernel prints the address as the machine's integer holds it.
                return Endpoint(IPAddress(v4: UInt32(bigEndian: address)), port)
            }
        )
    }
}
