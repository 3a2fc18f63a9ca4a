extension World.Host {
    /// What the way to a host is like, where the country has a network of its own.
    package struct Conditions: Hashable, Sendable {
        /// Every packet to it is dropped.
        package var isSilent = false
        /// Milliseconds that each packet from it is held; 0 holds none.
        package var delay = 0
        /// Hundredths of the packets to it, and of those from it, that are lost.
        package var lossPercent = 0
        /// Its line in kilobits a second; nil for as fast as the machine.
        package var rate: Int?

        package var arePlain: Bool { self == Conditions() }

        /// In words, such as `300 ms late, loses 20 %`; empty for a plain way.
        package var text: String {
            let words = [
                isSilent ? "silent" : nil, delay > 0 ? "\(delay) ms late" : nil,
                lossPercent > 0 ? "loses \(lossPercent) %" : nil, rate.map { "\($0) kbit/s" },
            ]
            return words.compactMap(\.self).joined(separator: ", ")
        }
    }
}
