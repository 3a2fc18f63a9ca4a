import CCairo

/// Draws smooth lines by hand: through the points, with the small unsteadiness of a pencil.
struct Pencil {
    /// How the line looks.
    enum Hand: Sendable {
        /// Searching: two light lines that miss each other.
        case rough
        /// One even line.
        case clean
    }

    let canvas: Canvas
    var hand: Hand
    var generator: SeededGenerator
    var width = 1.5

    init(on canvas: Canvas, hand: Hand, generator: SeededGenerator) {
        self.canvas = canvas
        self.hand = hand
        self.generator = generator
    }

    /// A line through the points.
    mutating func line(_ points: [Point], ink: Ink = .graphite, width: Double? = nil, isClosed: Bool = false) {
        let width = width ?? self.width
        switch hand {
        case .clean:
            trace(wobbled(points, 0.25), isClosed: isClosed)
            stroke(ink, width)
        case .rough:
            trace(wobbled(points, 0.5), isClosed: isClosed)
            stroke(ink.faded(0.75 * ink.opacity), width)
            trace(wobbled(points, 1.3), isClosed: isClosed)
            stroke(ink.faded(0.38 * ink.opacity), width * 0.75)
        }
    }

    /// A closed shape that hides what lies behind it.
    mutating func shape(_ points: [Point], ink: Ink = .graphite, fill: Ink = .paper, width: Double? = nil) {
        trace(points, isClosed: true)
        canvas.use(fill)
        cairo_fill(canvas.context)
        line(points, ink: ink, width: width, isClosed: true)
    }

    /// A limb of a body: two outlines on both sides of a bent middle line, thinner towards the end.
    mutating func limb(_ joints: [Point], from thick: Double, to thin: Double, ink: Ink = .graphite, fill: Ink = .paper)
    {
        guard joints.count > 1 else { return }
        var (left, right): ([Point], [Point]) = ([], [])
        for (index, joint) in joints.enumerated() {
            let before = joints[max(index - 1, 0)]
            let after = joints[min(index + 1, joints.count - 1)]
            let across = Trigonometry.direction(from: before, to: after) + 90
            let share = Double(index) / Double(joints.count - 1)
            let half = (thick + (thin - thick) * share) / 2
            left.append(joint.away(half, across))
            right.append(joint.away(half, across + 180))
        }
        let outline = left + right.reversed()
        trace(outline, isClosed: true)
        canvas.use(fill)
        cairo_fill(canvas.context)
        line(left, ink: ink)
        line(right, ink: ink)
    }

    /// A straight line, ruled.
    func ruled(_ start: Point, _ end: Point, ink: Ink, width: Double = 1) {
        cairo_move_to(canvas.context, start.x, start.y)
        cairo_line_to(canvas.context, end.x, end.y)
        stroke(ink, width)
    }

    /// An ellipse drawn round a middle.
    mutating func ellipse(
        _ centre: Point,
        _ across: Double,
        _ down: Double,
        tilt: Double = 0,
        ink: Ink = .graphite,
        fill: Ink? = nil,
        width: Double? = nil
    ) {
        let points = (0..<10).map { index in
            let turn = Double(index) / 10
            return Point(
                centre.x + across * Trigonometry.wave(turn + 0.25),
                centre.y + down * Trigonometry.wave(turn)
            ).turned(tilt, about: centre)
        }
        if let fill {
            shape(points, ink: ink, fill: fill, width: width)
        } else {
            line(points, ink: ink, width: width, isClosed: true)
        }
    }

    /// A few parallel lines of shade inside a box.
    mutating func hatch(_ corner: Point, _ width: Double, _ height: Double, ink: Ink = .soft) {
        let count = max(Int(width / 4), 2)
        for index in 0..<count {
            let x = corner.x + width * Double(index) / Double(count)
            let start = Point(x + generator.number(from: -0.6, to: 0.6), corner.y + height)
            ruled(start, Point(x + height * 0.45, corner.y), ink: ink.faded(0.5), width: 0.7)
        }
    }

    private mutating func wobbled(_ points: [Point], _ amount: Double) -> [Point] {
        points.map { point in
            point
                + Point(
                    generator.number(from: -amount, to: amount),
                    generator.number(from: -amount, to: amount)
                )
        }
    }

    private func stroke(_ ink: Ink, _ width: Double) {
        canvas.use(ink)
        cairo_set_line_width(canvas.context, width)
        cairo_stroke(canvas.context)
    }

    /// Leaves a Catmull-Rom curve through the points as the current path.
    private func trace(_ points: [Point], isClosed: Bool) {
        guard let first = points.first, points.count > 1 else { return }
        let count = points.count
        func point(_ index: Int) -> Point {
            isClosed ? points[(index + count) % count] : points[min(max(index, 0), count - 1)]
        }
        cairo_new_path(canvas.context)
        cairo_move_to(canvas.context, first.x, first.y)
        for index in 0..<(isClosed ? count : count - 1) {
            let (from, to) = (point(index), point(index + 1))
            let leaving = from + (to - point(index - 1)) * (1 / 6)
            let arriving = to - (point(index + 2) - from) * (1 / 6)
            cairo_curve_to(canvas.context, leaving.x, leaving.y, arriving.x, arriving.y, to.x, to.y)
        }
        if isClosed { cairo_close_path(canvas.context) }
    }
}
