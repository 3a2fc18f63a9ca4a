/// A fox with a brush, trotting or leaping to the right.
struct Fox: Sendable {
    var looks: Looks
    var action: Scene.Action
    var phase: Double

    func draw(_ pencil: inout Pencil, at ground: Point) {
        let leap = action == .jump ? 90 * max(0, Trigonometry.wave(phase / 2)) : 0
        let body = Point(ground.x, ground.y - 70 - leap)
        let sway = 8 * Trigonometry.wave(phase * 2)
        pencil.shape([
            body + Point(-62, -14), body + Point(-105, -40 + sway), body + Point(-160, -58 + sway),
            body + Point(-196, -36 + sway), body + Point(-160, -12 + sway), body + Point(-105, 2 + sway),
            body + Point(-64, 8),
        ])
        pencil.line([body + Point(-172, -50 + sway), body + Point(-158, -34 + sway), body + Point(-168, -18 + sway)])
        for (index, start) in [Point(-46, 8), Point(44, 8), Point(-34, 12), Point(56, 12)].enumerated() {
            let turns = phase * 2 + Double(index) * 0.27
            let upper = 90 - 24 * Trigonometry.wave(turns) - (leap > 0 ? (index % 2 == 0 ? -40 : 40) : 0)
            let knee = (body + start).away(30, upper)
            let paw = knee.away(32, upper + (index % 2 == 0 ? -14 : 10))
            pencil.limb([body + start, knee, paw], from: 20, to: 9)
            pencil.ellipse(paw + Point(4, 0), 8, 4.5, fill: .paper, width: 1.2)
        }
        pencil.shape([
            body + Point(-70, -8), body + Point(-40, -28), body + Point(20, -26), body + Point(62, -34),
            body + Point(82, -10), body + Point(66, 18), body + Point(10, 22), body + Point(-50, 22),
        ])
        drawHead(&pencil, at: body + Point(96, -58))
    }

    private func drawHead(_ pencil: inout Pencil, at centre: Point) {
        for (near, far) in [(-20.0, 2.0), (8, 28)] {
            pencil.shape([
                centre + Point(near, -18), centre + Point((near + far) / 2 - 2, -62), centre + Point(far, -20),
            ])
        }
        pencil.shape([
            centre + Point(-30, -8), centre + Point(-10, -30), centre + Point(22, -28), centre + Point(40, -6),
            centre + Point(70, 12), centre + Point(66, 22), centre + Point(28, 26), centre + Point(-8, 30),
            centre + Point(-34, 18),
        ])
        pencil.ellipse(centre + Point(20, -4), 5 * looks.eyeSize, 7 * looks.eyeSize, fill: .grey(0.25), width: 1)
        pencil.ellipse(centre + Point(69, 14), 5, 4, fill: .grey(0.2), width: 1)
        pencil.line([centre + Point(64, 22), centre + Point(44, 22), centre + Point(34, 16)], width: 1.1)
        pencil.line([centre + Point(-30, 6), centre + Point(-44, 16), centre + Point(-28, 20)], width: 1.1)
    }
}

/// A galloping horse.
struct Horse: Sendable {
    var looks: Looks
    var phase: Double

    func draw(_ pencil: inout Pencil, at ground: Point) {
        let body = Point(ground.x, ground.y - 108 - 10 * Trigonometry.wave(phase * 2))
        let stream = 6 * Trigonometry.wave(phase * 2 + 0.2)
        pencil.shape([
            body + Point(-92, -14), body + Point(-128, -22 + stream), body + Point(-160, 14 + stream),
            body + Point(-170, 52 + stream), body + Point(-138, 24 + stream), body + Point(-98, 4),
        ])
        for (index, start) in [Point(-72, 14), Point(66, 16), Point(-58, 20), Point(80, 18)].enumerated() {
            drawLeg(&pencil, from: body + start, index)
        }
        pencil.shape([
            body + Point(-100, -8), body + Point(-70, -38), body + Point(-10, -30), body + Point(50, -40),
            body + Point(96, -18), body + Point(94, 18), body + Point(40, 32), body + Point(-30, 28),
            body + Point(-88, 28),
        ])
        drawNeck(&pencil, at: body + Point(84, -24), stream)
    }

    private func drawLeg(_ pencil: inout Pencil, from start: Point, _ index: Int) {
        let isFront = index % 2 == 1
        let swing = Trigonometry.wave(phase * 2 + (isFront ? 0.45 : 0) + (index > 1 ? 0.12 : 0))
        let upper = 90 - 38 * swing
        let knee = start.away(44, upper)
        let hoof = knee.away(46, upper + (isFront ? 24 * max(0, -swing) + 6 : -12 + 34 * max(0, -swing)))
        pencil.limb([start, start.towards(knee, 0.5), knee, hoof], from: 30, to: 9)
        pencil.shape([hoof + Point(-6, -3), hoof + Point(6, -3), hoof + Point(10, 7), hoof + Point(-7, 7)], width: 1.2)
    }

    private func drawNeck(_ pencil: inout Pencil, at base: Point, _ stream: Double) {
        pencil.shape([
            base + Point(-16, -8), base + Point(12, -62), base + Point(34, -82), base + Point(58, -66),
            base + Point(96, -34), base + Point(90, -18), base + Point(54, -30), base + Point(36, -22),
            base + Point(16, 30),
        ])
        pencil.shape([base + Point(24, -78), base + Point(26, -102), base + Point(38, -80)])
        pencil.ellipse(base + Point(52, -56), 4, 5, fill: .grey(0.2), width: 1)
        pencil.line([base + Point(84, -24), base + Point(78, -26)], width: 1)
        for strand in 0..<6 {
            let root = base + Point(18 - Double(strand) * 6, -74 + Double(strand) * 13)
            pencil.line([root, root + Point(-20, 2 + stream), root + Point(-36, 16 - stream)], width: 1.1)
        }
    }
}

/// A gull that beats its wings.
struct Gull: Sendable {
    var phase: Double

    func draw(_ pencil: inout Pencil, seed: UInt64) {
        let middle = Point(210 + 200 * phase, 170 - 30 * Trigonometry.wave(phase))
        let beat = 60 * Trigonometry.wave(phase * 2 + 0.25)
        pencil.line([
            middle + Point(-10, -10), middle + Point(-60, -40 - beat), middle + Point(-150, -12 - beat * 0.7),
            middle + Point(-70, -14 - beat * 0.5), middle + Point(-8, 8),
        ])
        pencil.shape([
            middle + Point(-54, 8), middle + Point(-20, -16), middle + Point(30, -20), middle + Point(62, -8),
            middle + Point(86, 0), middle + Point(62, 6), middle + Point(20, 20), middle + Point(-30, 18),
            middle + Point(-84, 22),
        ])
        pencil.shape([
            middle + Point(-16, -12), middle + Point(20, -60 - beat), middle + Point(98, -60 - beat * 1.2),
            middle + Point(60, -26 - beat * 0.5), middle + Point(24, -8),
        ])
        pencil.ellipse(middle + Point(52, -8), 2.4, 2.8, fill: .grey(0.2), width: 1)
        var clouds = SeededGenerator(seed, "clouds")
        for _ in 0..<3 {
            let cloud = Point(clouds.number(from: 60, to: 520), clouds.number(from: 40, to: 90))
            pencil.line(
                [cloud, cloud + Point(20, -16), cloud + Point(44, -8), cloud + Point(66, -14), cloud + Point(84, 2)],
                ink: .soft,
                width: 1
            )
        }
    }
}
