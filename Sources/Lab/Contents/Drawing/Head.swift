/// A head, turned to the left (-1) or to the right (1).
struct Head: Sendable {
    var looks: Looks
    var turn: Double
    var tilt: Double
    var isSpeaking: Bool

    func draw(_ pencil: inout Pencil, at centre: Point, radius: Double) {
        let place = { (x: Double, y: Double) in
            Point(centre.x + x * radius, centre.y + y * radius).turned(tilt, about: centre)
        }
        drawBackHair(&pencil, place)
        drawFace(&pencil, place)
        if pencil.hand == .rough { drawConstruction(&pencil, place) }
        for side in [-1.0, 1.0] { drawEye(&pencil, place, side: side, radius: radius) }
        drawNoseAndMouth(&pencil, place)
        drawFringe(&pencil, place)
    }

    /// The places on the sheet that a comment may point at.
    func marks(at centre: Point, radius: Double) -> [String: Point] {
        [
            "eye": Point(centre.x + (0.38 + turn * 0.38) * radius, centre.y + 0.15 * radius),
            "mouth": Point(centre.x + turn * 0.42 * radius, centre.y + 0.72 * radius),
            "hair": Point(centre.x - turn * 0.2 * radius, centre.y - 0.72 * radius),
            "jaw": Point(centre.x + (0.2 + turn * 0.3) * radius, centre.y + 1.0 * radius),
        ]
    }

    func drawShoulders(_ pencil: inout Pencil, at centre: Point, radius: Double) {
        let place = { (x: Double, y: Double) in Point(centre.x + x * radius, centre.y + y * radius) }
        pencil.line([place(-0.34, 0.9), place(-0.32, 1.3), place(-0.5, 1.5), place(-1.25, 1.72), place(-1.5, 2.1)])
        pencil.line([place(0.34, 0.9), place(0.32, 1.3), place(0.5, 1.5), place(1.25, 1.72), place(1.5, 2.1)])
        pencil.line([place(-0.5, 1.48), place(0, 1.72), place(0.5, 1.48)])
        if looks.hasScarf {
            pencil.shape([
                place(-0.62, 1.3), place(0, 1.5), place(0.62, 1.3), place(0.66, 1.56), place(0, 1.82),
                place(-0.66, 1.56),
            ])
            pencil.shape([place(0.3, 1.68), place(0.62, 1.6), place(0.74, 2.05), place(0.42, 2.08)])
        }
    }

    private func drawFace(_ pencil: inout Pencil, _ place: (Double, Double) -> Point) {
        let jaw = turn * 0.26
        pencil.shape([
            place(0, -1.02), place(0.62, -0.82), place(0.96, -0.2), place(0.9 + jaw * 0.3, 0.35),
            place(0.52 + jaw, 0.86), place(jaw * 1.15, 1.14), place(-0.52 + jaw, 0.86), place(-0.9 + jaw * 0.3, 0.35),
            place(-0.96, -0.2), place(-0.62, -0.82),
        ])
        let side = turn > 0 ? -1.0 : 1.0
        pencil.line(
            [
                place(side * (0.94 - abs(turn) * 0.35), 0.02), place(side * (1.1 - abs(turn) * 0.4), 0.02),
                place(side * (1.06 - abs(turn) * 0.4), 0.36), place(side * (0.9 - abs(turn) * 0.35), 0.42),
            ],
            width: pencil.width * 0.8
        )
    }

    private func drawConstruction(_ pencil: inout Pencil, _ place: (Double, Double) -> Point) {
        let ink = Ink.blue.faded(0.55)
        pencil.line([place(turn * 0.5, -1.1), place(turn * 0.62, 0), place(turn * 0.4, 1.25)], ink: ink, width: 0.9)
        pencil.line([place(-1.05, 0.08), place(turn * 0.4, 0.24), place(1.05, 0.08)], ink: ink, width: 0.9)
        pencil.line([place(-0.9, 0.5), place(turn * 0.4, 0.66), place(0.9, 0.5)], ink: ink, width: 0.7)
    }

    private func drawEye(_ pencil: inout Pencil, _ place: (Double, Double) -> Point, side: Double, radius: Double) {
        let middle = side * 0.4 + turn * 0.36
        let half = 0.2 * looks.eyeSize * (1 - 0.45 * max(0, turn * side))
        let line = pencil.width
        let iris = place(middle + turn * 0.03, 0.18)
        pencil.ellipse(
            iris,
            half * 0.66 * radius,
            0.21 * looks.eyeSize * radius,
            fill: .grey(0.32),
            width: line * 0.7
        )
        let glint = place(middle + turn * 0.03 - half * 0.2, 0.08)
        pencil.ellipse(glint, half * 0.22 * radius, 0.06 * radius, ink: .paper, fill: .paper, width: line * 0.4)
        pencil.line(
            [
                place(middle - half * 1.1, 0.1), place(middle - half * 0.4, -0.08), place(middle + half * 0.5, -0.07),
                place(middle + half * 1.15, 0.12),
            ],
            width: line * 1.9
        )
        pencil.line([place(middle - half * 0.6, 0.4), place(middle + half * 0.6, 0.4)], width: line * 0.7)
        let brow = isSpeaking ? 0.1 : 0.0
        pencil.line(
            [
                place(middle - half * 1.2, -0.28 - brow * side), place(middle, -0.36),
                place(middle + half * 1.2, -0.28 + brow * side),
            ],
            width: line * 1.2
        )
    }

    private func drawNoseAndMouth(_ pencil: inout Pencil, _ place: (Double, Double) -> Point) {
        let line = pencil.width
        pencil.line(
            [place(turn * 0.56, 0.38), place(turn * 0.64 + 0.03, 0.5), place(turn * 0.54, 0.53)],
            width: line * 0.8
        )
        let middle = turn * 0.42
        if isSpeaking {
            pencil.shape(
                [
                    place(middle - 0.2, 0.7), place(middle + 0.2, 0.68), place(middle + 0.1, 0.92),
                    place(middle - 0.1, 0.92),
                ],
                fill: .grey(0.75),
                width: line * 0.9
            )
        } else {
            pencil.line(
                [place(middle - 0.2, 0.74), place(middle, 0.8), place(middle + 0.2, 0.72)],
                width: line * 0.9
            )
        }
    }

    private func drawBackHair(_ pencil: inout Pencil, _ place: (Double, Double) -> Point) {
        let length = looks.hairLength
        switch looks.hair {
        case .bob:
            pencil.shape([
                place(-0.7, -1), place(-1.22, -0.3), place(-1.28, 0.5), place(-1.08, 1.05 * length), place(-0.5, 0.95),
                place(0.5, 0.95), place(1.08, 1.05 * length), place(1.28, 0.5), place(1.22, -0.3), place(0.7, -1),
            ])
        case .tail:
            let side = turn > 0 ? -1.0 : 1.0
            pencil.shape([
                place(side * 0.6, -0.85), place(side * 1.35, -1), place(side * 1.85, -0.2),
                place(side * 1.75, 0.9 * length), place(side * 1.4, 1.25 * length), place(side * 1.38, 0.2),
                place(side * 0.9, -0.3),
            ])
        case .tails:
            for side in [-1.0, 1.0] {
                pencil.shape([
                    place(side * 0.85, -0.6), place(side * 1.4, -0.75), place(side * 1.75, 0.1),
                    place(side * 1.6, 1.15 * length), place(side * 1.25, 0.7), place(side * 0.98, 0),
                ])
            }
        case .spiky, .cap: break
        }
    }

    private func drawFringe(_ pencil: inout Pencil, _ place: (Double, Double) -> Point) {
        let shift = turn * 0.22
        if looks.hair == .cap {
            pencil.shape([
                place(-1.05, -0.36), place(-0.9, -1), place(0, -1.4), place(0.9, -1), place(1.05, -0.36),
                place(0, -0.5),
            ])
            pencil.shape([
                place(shift - 0.3, -0.46), place(shift + 0.9, -0.44), place(shift + 1.35, -0.22),
                place(shift + 0.5, -0.26),
            ])
            return
        }
        let spikes: [(Double, Double)] = [
            (-1.06, 0.18), (-0.8, -0.3), (-0.62, 0), (-0.42, -0.46), (-0.12, -0.12), (0.02, -0.5), (0.36, -0.08),
            (0.48, -0.44), (0.74, 0.02), (0.84, -0.3), (1.06, 0.2),
        ]
        let crown: [(Double, Double)] =
            looks.hair == .spiky
            ? [
                (1.2, -0.5), (0.98, -0.75), (1.06, -1.2), (0.5, -1.15), (0.3, -1.55), (-0.15, -1.2), (-0.6, -1.5),
                (-0.66, -1.08), (-1.2, -1), (-1.02, -0.55),
            ]
            : [(1.16, -0.4), (0.9, -0.98), (0.35, -1.26), (-0.35, -1.26), (-0.9, -0.98), (-1.16, -0.4)]
        let outline = spikes.map { place($0.0 + shift * (1 - abs($0.0)), $0.1) } + crown.map { place($0.0, $0.1) }
        pencil.shape(outline)
        for strand in [-0.5, -0.1, 0.3] {
            pencil.line(
                [place(strand + shift, -0.5), place(strand * 0.8 + shift, -0.85), place(strand * 0.5, -1.1)],
                ink: .soft,
                width: pencil.width * 0.6
            )
        }
    }
}
