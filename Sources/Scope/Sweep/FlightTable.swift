/// The connections under way, by place, with the order in which they time out.
struct FlightTable {
    private struct Flight {
        var attempt: ConnectAttempt
        var target: Int
        var serial: UInt64
    }

    private var flights: [Flight?]
    private var free: [Int]
    /// Oldest first. An entry whose serial number is no longer in its place has landed already.
    private var deadlines: [(place: Int, serial: UInt64, due: Int64)] = []
    private var oldest = 0
    private var serial: UInt64 = 0

    init(capacity: Int) {
        flights = Array(repeating: nil, count: capacity)
        free = Array((0..<capacity).reversed())
    }

    var isFull: Bool { free.isEmpty }
    var isEmpty: Bool { free.count == flights.count }

    /// When the next flight may time out; never later than it does.
    var nextDeadline: Int64? { oldest < deadlines.count ? deadlines[oldest].due : nil }

    /// Takes a place, of which there must be one. `due` never lies before that of an earlier flight.
    mutating func add(_ attempt: ConnectAttempt, _ target: Int, due: Int64) -> Int {
        let place = free.removeLast()
        serial += 1
        flights[place] = Flight(attempt: attempt, target: target, serial: serial)
        deadlines.append((place, serial, due))
        return place
    }

    mutating func remove(_ place: Int) -> (attempt: ConnectAttempt, target: Int)? {
        guard flights.indices.contains(place), let flight = flights[place] else { return nil }
        flights[place] = nil
        free.append(place)
        forgetLanded()
        return (flight.attempt, flight.target)
    }

    mutating func removeOverdue(_ now: Int64) -> (attempt: ConnectAttempt, target: Int)? {
        forgetLanded()
        guard oldest < deadlines.count, deadlines[oldest].due <= now else { return nil }
        return remove(deadlines[oldest].place)
    }

    mutating func removeAll() -> [ConnectAttempt] {
        let all = flights.compactMap { $0?.attempt }
        self = FlightTable(capacity: flights.count)
        return all
    }

    private mutating func forgetLanded() {
        while oldest < deadlines.count, flights[deadlines[oldest].place]?.serial != deadlines[oldest].serial {
            oldest += 1
        }
        if oldest > 4_096, oldest * 2 > deadlines.count {
            deadlines.removeFirst(oldest)
            oldest = 0
        }
    }
}
