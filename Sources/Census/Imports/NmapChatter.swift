/// Lines of nmap that tell nothing of a service: guesses at operating systems, warnings, progress.
///
/// What is no such line and no other is told as not understood, so this list may be too short but not too long.
enum NmapChatter {
    private static let beginnings: [[UInt8]] = [
        "Warning:", "Device type:", "Running", "OS CPE:", "OS details:", "OS fingerprint", "OS:", "Aggressive OS",
        "No exact OS", "No OS matches", "Uptime", "Network Distance:", "TCP Sequence", "TCP/IP fingerprint", "IP ID",
        "Service Info:", "SF", "==", "Too many fingerprints", "MAC Address:", "rDNS record", "Other addresses",
        "Increasing send delay", "Read data files", "OS and Service detection", "Service detection performed",
        "OS detection performed", "Host script results:", "Pre-scan script results:", "Post-scan script results:",
        "Failed to resolve", "Initiating ", "Completed ", "Scanning ", "Discovered open port", "Retrying OS", "NSE:",
        "Stats:", "About ", "Raw packets", "Host discovery disabled", "RTTVAR", "adjust_timeouts", "sendto in",
        "Offending packet", "Omitting future", "NSOCK", "Note:", "WARNING:", "QUITTING", "Host ", "Some closed ports",
        "Dropped by", "Connect Scan Timing", "SYN Stealth Scan Timing", "Service scan Timing", "Ping Scan Timing",
        "UDP Scan Timing", "NSE Timing", "Your ports include", "Couldn't", "Bad ", "I/O error", "Unable to",
        "TRACEROUTE", "Other IP", "Not scanned:", "Discovered ", "Please report", "Nmap wishes", "PROTOCOL",
    ]
    .map { Array($0.utf8) }

    static func holds(_ line: ScanLine) -> Bool {
        if beginnings.contains(where: { line.bytes.starts(with: $0) }) { return true }
        let text = line.text
        return text.contains(" unrecognized despite returning data")
            || text.contains("giving up on port because retransmission cap hit")
            || text.hasPrefix("Nmap done") || text.hasPrefix("Skipping host ")
    }
}
