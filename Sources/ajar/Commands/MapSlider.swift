import Domain
import Foundation
import Glibc

/// Steps through the times of the runs on a terminal: left and right (or `h` and `l`), Home and End (`0` and `$`), `q` to end.
struct MapSlider {
    private enum Key {
        case back
        case forward
        case first
        case last
        case end
    }

    private let history: History
    private let times: [Timestamp]

    /// Nil where no run says when it was.
    init?(_ history: History) {
        self.history = history
        times = Array(Set(history.runs.filter(\.isUsable).compactMap(\.order))).sorted()
        guard !times.isEmpty else { return nil }
    }

    /// Whether keys can be read and a picture be drawn.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Draws until the user ends it; the terminal is left as it was.
    func run() {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return }
        var raw = before
        // Ctrl-C comes as a key, so that the terminal is never left without its echo.
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        defer { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
        var place = times.count - 1
        while true {
            draw(place)
            switch readKey() {
            case .back: place = max(0, place - 1)
            case .forward: place = min(times.count - 1, place + 1)
            case .first: place = 0
            case .last: place = times.count - 1
            case .end: return
            }
        }
    }

    private func draw(_ place: Int) {
        let at = times[place]
        let names = history.runs.filter { $0.order == at }.map(\.name.description).joined(separator: " ")
        let line = PathName(bytes: "\(at.roundedDown)  \(names)  (\(place + 1) of \(times.count))".utf8).display
        print("\u{1b}[2J\u{1b}[H\(RangeMap(of: history, at: at).text)\n\(line)\nleft, right: another run; q: end")
    }

    private func readKey() -> Key {
        while true {
            switch byte() {
            case nil, UInt8(ascii: "q"), 0x03, 0x04: return .end
            case UInt8(ascii: "h"): return .back
            case UInt8(ascii: "l"): return .forward
            case UInt8(ascii: "0"): return .first
            case UInt8(ascii: "$"): return .last
            case 0x1b:
                guard byte() == UInt8(ascii: "[") else { continue }
                switch byte() {
                case UInt8(ascii: "D"): return .back
                case UInt8(ascii: "C"): return .forward
                case UInt8(ascii: "H"): return .first
                case UInt8(ascii: "F"): return .last
                default: continue
                }
            default: continue
            }
        }
    }

    /// Nil at the end of the input.
    private func byte() -> UInt8? {
        var byte: UInt8 = 0
        return read(STDIN_FILENO, &byte, 1) == 1 ? byte : nil
    }
}
