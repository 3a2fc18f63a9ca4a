import Glibc

/// The C library's functions, in one place.
enum Trigonometry {
    static func sine(_ radians: Double) -> Double { sin(radians) }
    static func cosine(_ radians: Double) -> Double { cos(radians) }

    /// The sine of a share of a full turn.
    static func wave(_ turns: Double) -> Double { sin(turns * 2 * .pi) }

    /// The direction from one point to another in degrees.
    static func direction(from start: Point, to end: Point) -> Double {
        atan2(end.y - start.y, end.x - start.x) * 180 / .pi
    }

    static func distance(_ start: Point, _ end: Point) -> Double { hypot(end.x - start.x, end.y - start.y) }
}
