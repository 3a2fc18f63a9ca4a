/// A colour of pencil or paper.
struct Ink: Hashable, Sendable {
    var red: Double
    var green: Double
    var blue: Double
    var opacity = 1.0

    static let graphite = Ink(red: 0.16, green: 0.16, blue: 0.18)
    static let soft = Ink(red: 0.42, green: 0.42, blue: 0.44)
    static let blue = Ink(red: 0.30, green: 0.50, blue: 0.86)
    static let red = Ink(red: 0.84, green: 0.10, blue: 0.12)
    static let green = Ink(red: 0.25, green: 0.58, blue: 0.36)
    static let paper = Ink(red: 0.992, green: 0.988, blue: 0.976)
    static let white = Ink(red: 1, green: 1, blue: 1)
    static let black = Ink(red: 0, green: 0, blue: 0)

    static func grey(_ level: Double) -> Ink { Ink(red: level, green: level, blue: level) }

    func faded(_ opacity: Double) -> Ink { Ink(red: red, green: green, blue: blue, opacity: opacity) }
}
