/// A place on a sheet, in its own units: 640 by 360, from the top left.
struct Point: Hashable, Sendable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    static func + (left: Self, right: Self) -> Self { Point(left.x + right.x, left.y + right.y) }
    static func - (left: Self, right: Self) -> Self { Point(left.x - right.x, left.y - right.y) }
    static func * (left: Self, right: Double) -> Self { Point(left.x * right, left.y * right) }

    /// The point `length` away in the direction of `degrees`: 0 is right, 90 is down.
    func away(_ length: Double, _ degrees: Double) -> Point {
        let radians = degrees * .pi / 180
        return Point(x + length * Trigonometry.cosine(radians), y + length * Trigonometry.sine(radians))
    }

    /// Turned about `centre`, clockwise.
    func turned(_ degrees: Double, about centre: Point) -> Point {
        let radians = degrees * .pi / 180
        let (sine, cosine) = (Trigonometry.sine(radians), Trigonometry.cosine(radians))
        let offset = self - centre
        return centre + Point(offset.x * cosine - offset.y * sine, offset.x * sine + offset.y * cosine)
    }

    func towards(_ other: Point, _ share: Double) -> Point { self + (other - self) * share }
}
