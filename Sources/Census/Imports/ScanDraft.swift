package import Domain

/// What a format has read so far.
package struct ScanDraft: Sendable {
    private let name: String
    private let mostOpenPorts: Int
    private(set) var open: [SeenPort] = []
    private(set) var identities: [ServiceIdentity] = []
    private var numbers: [ServiceIdentity: Int] = [:]
    private var sheets: [HostKey: HostSheet] = [:]
    /// What was not understood.
    package private(set) var faults: [Fault] = []
    private var untoldFaults = 0
    private var overLimit = 0
    /// Lines that are known to hold nothing of use.
    package private(set) var passedOver = 0
    package private(set) var lines = 0

    private struct HostKey: Hashable {
        var address: IPAddress
        var transport: Transport
    }

    /// `name` is the file's, for faults.
    package init(name: String, mostOpenPorts: Int = ImportLimits.openPorts) {
        self.name = name
        self.mostOpenPorts = mostOpenPorts
    }

    mutating func count(_ line: ScanLine) { lines += 1 }

    /// The line holds nothing to be taken over, and is known to.
    mutating func passOver(_ line: ScanLine) { passedOver += 1 }

    /// The line, or a part of it, was not understood.
    mutating func fault(_ line: ScanLine, _ why: String) { fault("\(name):\(line.number): \(why)") }

    mutating func fault(_ what: String) {
        if faults.count < ImportLimits.faults { faults.append(Fault(what: what)) } else { untoldFaults += 1 }
    }

    mutating func notUnderstood(_ line: ScanLine) {
        let shown = PathName(bytes: line.bytes.prefix(80)).display
        fault(line, line.isWhole ? "not understood: \(shown)" : "the file ends in the middle of this line: \(shown)")
    }

    mutating func see(
        _ address: IPAddress,
        _ port: UInt16,
        _ transport: Transport,
        _ identity: ServiceIdentity = ServiceIdentity(),
        at line: ScanLine,
        offset: Int = 0
    ) {
        guard open.count < mostOpenPorts else {
            overLimit += 1
            return
        }
        open.append(
            SeenPort(
                address: address,
                port: port,
                transport: transport,
                identity: number(of: identity),
                offset: line.offset + UInt64(offset),
                line: line.number
            )
        )
    }

    /// Most services of a large scan have no identity at all; these need no look-up.
    private mutating func number(of identity: ServiceIdentity) -> Int {
        if let last = open.last, identities[last.identity] == identity { return last.identity }
        if let number = numbers[identity] { return number }
        let known = identities.count < ImportLimits.identities ? identity : ServiceIdentity()
        if let number = numbers[known] { return number }
        identities.append(known)
        numbers[known] = identities.count - 1
        return identities.count - 1
    }

    /// Changes what is known of an address; true unless there are too many of them.
    mutating func sheet(_ address: IPAddress, _ transport: Transport, _ change: (inout HostSheet) -> Void) {
        let key = HostKey(address: address, transport: transport)
        guard sheets[key] != nil || sheets.count < ImportLimits.hosts else {
            overLimit += 1
            return
        }
        change(&sheets[key, default: HostSheet(presence: .silent)])
    }

    /// Addresses on which a port refused, besides those with open ones.
    var hasRefusals: Bool { sheets.values.contains { !$0.closed.isEmpty || $0.rest == .closed } }

    /// Fills a report with what was seen, in order, each port once.
    mutating func fill(_ report: inout ScanReport) {
        open.sort()
        var unique: [SeenPort] = []
        unique.reserveCapacity(open.count)
        for seen in open {
            if let last = unique.last, !(last < seen) {
                unique[unique.count - 1] = merged(last, seen)
            } else {
                unique.append(seen)
            }
        }
        report.open = SeenPorts(unique)
        report.identities = identities
        var numbers: [HostSheet: Int] = [:]
        for (key, sheet) in sheets.sorted(by: {
            ($0.key.address, $0.key.transport.rawValue) < ($1.key.address, $1.key.transport.rawValue)
        }) {
            let number = numbers[sheet] ?? report.sheets.count
            if number == report.sheets.count {
                report.sheets.append(sheet)
                numbers[sheet] = number
            }
            report.hosts.append(ScanReport.Host(address: key.address, transport: key.transport, sheet: number))
        }
        if overLimit > 0 { fault("\(name): \(overLimit) facts are over the limits and were left out; split the file") }
        if untoldFaults > 0 { faults.append(Fault(what: "\(name): \(untoldFaults) more lines were not understood")) }
        if overLimit > 0, report.completeness == .complete {
            report.completeness = .incomplete(reason: "the file holds more than is taken in at once")
        }
    }

    /// The same port told twice: the first place stands, and the identity that says more.
    private func merged(_ first: SeenPort, _ second: SeenPort) -> SeenPort {
        var seen = first
        if identities[first.identity].isEmpty { seen.identity = second.identity }
        return seen
    }
}
