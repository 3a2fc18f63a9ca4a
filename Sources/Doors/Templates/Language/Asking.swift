package import Scope
package import Wire

/// What a block asks over HTTP.
package struct HTTPAsking: Hashable, Sendable {
    /// Which redirects are followed; none ever leaves the host that was asked.
    package enum Redirects: Hashable, Sendable {
        case none
        case followed(upTo: Int)
    }

    package var requests: [HTTPAsk]
    package var redirects: Redirects
    /// Bytes of a body that are read; nil for what the run allows.
    package var longestBody: Int?
}

/// One request of a template.
package struct HTTPAsk: Hashable, Sendable {
    package struct Header: Hashable, Sendable {
        package var name: String
        package var value: TextTemplate
    }

    package var method: HTTPRequest.Method
    /// The whole address; `{{BaseURL}}` stands for the website's.
    package var address: TextTemplate
    package var headers: [Header]
    /// Sent once, however many payloads there are.
    package var isSentOnce: Bool

    /// Whether it is a plain GET of the website's root.
    package var isFrontPage: Bool {
        guard method == .get, headers.isEmpty, case .expression(.variable(let name), _) = address.parts.first,
            ["BaseURL", "RootURL"].contains(name)
        else { return false }
        return address.parts.count == 1 || address.parts.count == 2 && address.parts[1] == .literal([0x2f])
    }
}

/// What a block does on a TCP connection: it listens, and says at most what reads.
package struct TCPAsking: Hashable, Sendable {
    package struct Input: Hashable, Sendable {
        /// Empty for a block that only listens.
        package var data: [UInt8]
        /// Bytes that are read after sending; nil for what comes.
        package var read: Int?
        package var name: String?
    }

    package var inputs: [Input]
    /// Ports to ask; the website's own where there are none.
    package var ports: [UInt16]
    package var usesTLS: Bool
    package var readSize: Int
}

/// What a block asks name servers.
package struct DNSAsking: Hashable, Sendable {
    package var name: TextTemplate
    package var type: DNSType
    package var recordClass: UInt16
}

/// The handshakes that a block makes.
package struct TLSAsking: Hashable, Sendable {
    /// The port that the address names; nil for the website's own.
    package var port: UInt16?
    package var versions: ClosedRange<TLSVersion>
}
