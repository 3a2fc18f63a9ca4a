/// A whole person, facing right.
struct Figure: Sendable {
    var looks: Looks
    var action: Scene.Action
    var phase: Double

    /// The feet stand on `ground`; `unit` is the radius of the head.
    func draw(_ pencil: inout Pencil, on ground: Point, unit: Double) {
        let pose = Pose(action: action, phase: phase)
        let hip = Point(ground.x, ground.y - 3.35 * unit + pose.lift * unit)
        let chest = hip.away(2.2 * unit, -90 + pose.lean)
        let head = chest.away(1.75 * unit, -88 + pose.lean)
        let width = 0.62 * unit * looks.build
        drawArm(&pencil, from: chest + Point(-0.2 * unit, 0.1 * unit), pose.farArm, unit, width * 0.8)
        drawLeg(&pencil, from: hip + Point(-0.18 * unit, 0), pose.farLeg, unit, width)
        drawLeg(&pencil, from: hip + Point(0.2 * unit, 0), pose.nearLeg, unit, width)
        pencil.limb([chest, chest.towards(head, 0.5)], from: width * 0.9, to: width * 0.8)
        drawBody(&pencil, hip: hip, chest: chest, unit: unit)
        Head(looks: looks, turn: pose.turn, tilt: pose.lean, isSpeaking: action == .wave)
            .draw(&pencil, at: head, radius: unit)
        drawArm(&pencil, from: chest + Point(0.28 * unit, 0.12 * unit), pose.nearArm, unit, width * 0.85)
        if looks.hasScarf { drawScarf(&pencil, at: chest.towards(head, 0.25), unit: unit, wind: pose.wind) }
    }

    private func drawBody(_ pencil: inout Pencil, hip: Point, chest: Point, unit: Double) {
        let build = looks.build * unit
        let flare: Double
        let length: Double
        switch looks.clothes {
        case .dress: (flare, length) = (1.25, 1.25)
        case .coat: (flare, length) = (1.0, 0.95)
        case .shorts: (flare, length) = (0.72, 0.3)
        }
        pencil.shape([
            chest + Point(-0.62 * build, -0.1 * unit), chest + Point(0.62 * build, -0.1 * unit),
            chest.towards(hip, 0.55) + Point(0.52 * build, 0), hip + Point(flare * build, length * unit),
            hip + Point(0, (length + 0.1) * unit), hip + Point(-flare * build, length * unit),
            chest.towards(hip, 0.55) + Point(-0.5 * build, 0),
        ])
        switch looks.clothes {
        case .coat:
            pencil.line([chest + Point(0.1 * unit, 0), hip + Point(0.12 * unit, length * unit)], width: 1)
            for step in [0.2, 0.5, 0.8] {
                pencil.ellipse(chest.towards(hip, step) + Point(0.26 * unit, 0), 1.6, 1.6, width: 0.9)
            }
        case .dress:
            pencil.line([
                chest.towards(hip, 0.9) + Point(-0.5 * build, 0), chest.towards(hip, 0.9) + Point(0.5 * build, 0),
            ])
        case .shorts:
            pencil.line([hip + Point(-0.6 * build, -0.1 * unit), hip + Point(0.6 * build, -0.1 * unit)], width: 1)
        }
        if looks.hasBag {
            pencil.line([chest + Point(-0.5 * unit, 0), hip + Point(0.7 * unit, 0.1 * unit)], width: 1.1)
            pencil.shape([
                hip + Point(0.5 * unit, 0), hip + Point(1.15 * unit, 0), hip + Point(1.1 * unit, 0.75 * unit),
                hip + Point(0.5 * unit, 0.75 * unit),
            ])
        }
    }

    private func drawLeg(_ pencil: inout Pencil, from hip: Point, _ bend: Pose.Bend, _ unit: Double, _ width: Double) {
        let knee = hip.away(1.6 * unit, bend.upper)
        let ankle = knee.away(1.5 * unit, bend.lower)
        pencil.limb([hip, hip.towards(knee, 0.5), knee, knee.towards(ankle, 0.5), ankle], from: width, to: width * 0.6)
        let toe = bend.lower - 88
        pencil.shape([
            ankle.away(0.25 * unit, toe + 180), ankle.away(0.3 * unit, toe - 70), ankle.away(0.75 * unit, toe - 8),
            ankle.away(0.78 * unit, toe + 16), ankle.away(0.38 * unit, toe + 130),
        ])
    }

    private func drawArm(
        _ pencil: inout Pencil,
        from shoulder: Point,
        _ bend: Pose.Bend,
        _ unit: Double,
        _ width: Double
    ) {
        let elbow = shoulder.away(1.15 * unit, bend.upper)
        let wrist = elbow.away(1.05 * unit, bend.lower)
        pencil.limb([shoulder, elbow.towards(shoulder, 0.4), elbow, wrist], from: width, to: width * 0.55)
        let palm = wrist.away(0.22 * unit, bend.lower)
        pencil.ellipse(palm, 0.24 * unit, 0.2 * unit, tilt: bend.lower, fill: .paper, width: 1.2)
        for finger in [-38.0, -12, 14] {
            let start = palm.away(0.2 * unit, bend.lower + finger)
            pencil.line([start, start.away(0.2 * unit, bend.lower + finger * 0.7)], width: 1.2)
        }
        pencil.line([palm.away(0.18 * unit, bend.lower + 80), palm.away(0.34 * unit, bend.lower + 55)], width: 1.2)
    }

    private func drawScarf(_ pencil: inout Pencil, at neck: Point, unit: Double, wind: Double) {
        pencil.ellipse(neck, 0.6 * unit, 0.26 * unit, fill: .paper)
        pencil.shape([
            neck + Point(-0.4 * unit, 0), neck + Point(-1.2 * unit, wind * 0.3 * unit),
            neck + Point(-1.9 * unit, (0.2 - wind * 0.3) * unit),
            neck + Point(-1.85 * unit, (0.55 - wind * 0.3) * unit),
            neck + Point(-1.1 * unit, (0.35 + wind * 0.3) * unit), neck + Point(-0.4 * unit, 0.25 * unit),
        ])
    }
}

/// Where the limbs are at one moment of a movement. Degrees: 0 is right, 90 is down.
struct Pose: Sendable {
    struct Bend: Sendable {
        var upper: Double
        var lower: Double
    }

    var nearLeg: Bend
    var farLeg: Bend
    var nearArm: Bend
    var farArm: Bend
    /// Up is negative, in radii of the head.
    var lift = 0.0
    var lean = 0.0
    var turn = 0.55
    var wind = 0.0

    init(action: Scene.Action, phase: Double) {
        let cycle = action == .walk ? phase * 2 : 0.08
        let swing = action == .walk ? 27.0 : 8
        func leg(_ turns: Double) -> Bend {
            let upper = 90 - swing * Trigonometry.wave(turns)
            return Bend(upper: upper, lower: upper + 8 + 30 * max(0, Trigonometry.wave(turns - 0.3)) * swing / 27)
        }
        func arm(_ turns: Double) -> Bend {
            let upper = 94 - swing * Trigonometry.wave(turns)
            return Bend(upper: upper, lower: upper - 22)
        }
        (nearLeg, farLeg) = (leg(cycle), leg(cycle + 0.5))
        (nearArm, farArm) = (arm(cycle + 0.5), arm(cycle))
        wind = Trigonometry.wave(phase * 2)
        switch action {
        case .walk:
            lift = -0.12 * abs(Trigonometry.wave(cycle))
            lean = 3
        case .jump:
            lift = -2.1 * max(0, Trigonometry.wave(phase / 2))
            let tuck = max(0, Trigonometry.wave(phase / 2))
            nearLeg = Bend(upper: 90 - 55 * tuck, lower: 90 + 40 * tuck)
            farLeg = Bend(upper: 90 - 20 * tuck, lower: 90 + 65 * tuck)
            nearArm = Bend(upper: 90 - 110 * tuck, lower: 80 - 130 * tuck)
            farArm = Bend(upper: 90 + 80 * tuck, lower: 90 + 110 * tuck)
            lean = 8 * tuck
        case .wave:
            nearArm = Bend(upper: -28, lower: -82 + 26 * Trigonometry.wave(phase * 2))
            turn = 0.25
        case .turn:
            turn = -0.8 + 1.6 * phase
        case .still:
            turn = 0.4
        }
    }
}
