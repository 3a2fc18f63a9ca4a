/// A small boat with a lantern on the waves.
struct Boat: Sendable {
    var looks: Looks
    var phase: Double

    func draw(_ pencil: inout Pencil) {
        let rock = 5 * Trigonometry.wave(phase)
        let keel = Point(310, 236 + 6 * Trigonometry.wave(phase + 0.2))
        func place(_ x: Double, _ y: Double) -> Point { (keel + Point(x, y)).turned(rock, about: keel) }
        pencil.limb([place(0, -8), place(0, -170)], from: 9, to: 5)
        pencil.shape([place(6, -160), place(70, -110), place(104, -40), place(8, -34)])
        pencil.line([place(10, -120), place(50, -96), place(90, -62)], ink: .soft, width: 0.9)
        pencil.line([place(0, -166), place(-118, -16)], width: 0.9)
        pencil.shape([
            place(-140, -16), place(-60, -4), place(60, -4), place(150, -26), place(110, 44), place(20, 58),
            place(-90, 50),
        ])
        for plank in [12.0, 28] {
            pencil.line([place(-124, plank - 10), place(0, plank + 4), place(126, plank - 14)], ink: .soft, width: 0.9)
        }
        let lamp = place(-124, -70)
        pencil.line([place(-130, -14), place(-132, -96), lamp + Point(0, -20)], width: 1.2)
        pencil.shape([lamp + Point(-12, -16), lamp + Point(12, -16), lamp + Point(9, 14), lamp + Point(-9, 14)])
        pencil.ellipse(lamp, 4, 8, ink: .soft, width: 0.9)
        for row in 0..<4 {
            let base = 272.0 + Double(row) * 20
            let points = (0...12).map { step in
                Point(
                    40 + Double(step) * 47,
                    base + 5 * Trigonometry.wave(Double(step) * 0.31 + phase + Double(row) * 0.2)
                )
            }
            pencil.line(points, ink: row == 0 ? .graphite : .soft, width: 1.1)
        }
    }
}

/// A street above a harbour in one-point perspective: a background layout.
struct Street: Sendable {
    var design: UInt64

    func draw(_ pencil: inout Pencil) {
        var plan = SeededGenerator(design, "street")
        let eye = Point(plan.number(from: 260, to: 380), plan.number(from: 140, to: 180))
        pencil.ruled(Point(30, eye.y), Point(610, eye.y), ink: Ink.blue.faded(0.5), width: 0.8)
        for edge in stride(from: 30.0, through: 610, by: 145) {
            pencil.ruled(eye, Point(edge, 340), ink: Ink.blue.faded(0.28), width: 0.7)
        }
        for side in [-1.0, 1.0] {
            var near = side < 0 ? 30.0 : 610
            for _ in 0..<3 {
                let far = near - side * plan.number(from: 60, to: 88)
                guard abs(far - eye.x) > 36 else { break }
                drawHouse(&pencil, eye, near: near, far: far, height: plan.number(from: 0.75, to: 1.05))
                near = far - side * 3
            }
        }
        pencil.line([eye + Point(-30, 4), eye + Point(-10, 2), eye + Point(14, 4), eye + Point(34, 3)], ink: .soft)
        drawLamp(&pencil, eye, at: plan.number(from: 0.5, to: 0.7))
    }

    private func drawHouse(_ pencil: inout Pencil, _ eye: Point, near: Double, far: Double, height: Double) {
        let edge = near < eye.x ? 30.0 : 610
        func at(_ x: Double, _ level: Double) -> Point {
            let share = (x - eye.x) / (edge - eye.x)
            return Point(x, eye.y + level * share)
        }
        let (floor, roof) = (175.0, -135 * height)
        for (start, end) in [
            (at(near, floor), at(near, roof)), (at(far, floor), at(far, roof)), (at(near, roof), at(far, roof)),
            (at(near, floor), at(far, floor)),
        ] {
            pencil.line([start, start.towards(end, 0.5), end])
        }
        let peak = (near + far) / 2
        pencil.line([at(near, roof), at(peak, roof * 1.32)])
        pencil.line([at(peak, roof * 1.32), at(far, roof)])
        for (left, right) in [(0.2, 0.42), (0.58, 0.8)] {
            let (a, b) = (near + (far - near) * left, near + (far - near) * right)
            for level in [-0.62, -0.05] {
                let window = [
                    at(a, -roof * level), at(b, -roof * level), at(b, -roof * (level + 0.34)),
                    at(a, -roof * (level + 0.34)),
                ]
                pencil.line([window[0], window[1]], width: 1)
                pencil.line([window[1], window[2]], width: 1)
                pencil.line([window[2], window[3]], width: 1)
                pencil.line([window[3], window[0]], width: 1)
            }
        }
    }

    private func drawLamp(_ pencil: inout Pencil, _ eye: Point, at depth: Double) {
        let foot = Point(eye.x + 90 * depth, eye.y + 175 * depth)
        let top = Point(foot.x, foot.y - 190 * depth)
        pencil.limb([foot, top], from: 6, to: 4)
        pencil.shape([top + Point(-8, -22), top + Point(8, -22), top + Point(6, 0), top + Point(-6, 0)])
        pencil.line([top + Point(-11, -22), top + Point(0, -33), top + Point(11, -22)])
    }
}

/// Hills and a river: material to work from.
struct Landscape: Sendable {
    var design: UInt64

    func draw(_ pencil: inout Pencil) {
        var plan = SeededGenerator(design, "landscape")
        for range in 0..<4 {
            let base = 130.0 + Double(range) * 42
            let points = (0...8).map { step in
                Point(20 + Double(step) * 75, base - plan.number(from: 0, to: 70 - Double(range) * 12))
            }
            let level = 0.9 - Double(range) * 0.1
            pencil.shape(points + [Point(640, 360), Point(0, 360)], ink: .soft, fill: .grey(level))
        }
        pencil.shape(
            [
                Point(300, 250), Point(330, 262), Point(290, 290), Point(380, 358), Point(180, 358), Point(250, 290),
            ],
            ink: .soft,
            fill: .grey(0.96)
        )
        for _ in 0..<14 {
            let foot = Point(plan.number(from: 20, to: 620), plan.number(from: 250, to: 345))
            let height = (foot.y - 200) * 0.4
            pencil.shape(
                [foot + Point(-height * 0.24, 0), foot + Point(0, -height), foot + Point(height * 0.24, 0)],
                fill: .grey(0.5)
            )
        }
    }
}

/// A character from all sides at one scale: a model sheet.
struct Turnaround: Sendable {
    var looks: Looks

    func draw(_ pencil: inout Pencil) {
        for level in [96.0, 144, 192, 240, 288, 320] {
            pencil.ruled(Point(30, level), Point(610, level), ink: Ink.blue.faded(0.4), width: 0.7)
        }
        for (index, turn) in [-0.15, 0.45, 0.9].enumerated() {
            let ground = Point(120 + Double(index) * 150, 320)
            Figure(looks: looks, action: .turn, phase: (turn + 0.8) / 1.6).draw(&pencil, on: ground, unit: 23)
        }
        for (index, turn) in [-0.6, 0.6].enumerated() {
            Head(looks: looks, turn: turn, tilt: 0, isSpeaking: index == 1)
                .draw(&pencil, at: Point(545, 110 + Double(index) * 130), radius: 36)
        }
    }
}
