extension Scene {
    /// The places on the sheet that a note may point at, by name.
    var marks: [String: Point] {
        switch subject {
        case .head:
            let turn = action == .turn ? -0.8 + 1.6 * phase : 0
            return Head(looks: Looks(design), turn: turn, tilt: 0, isSpeaking: false)
                .marks(at: centre, radius: 92)
        case .figure:
            let (ground, unit) = (Point(centre.x + (action == .walk ? (phase - 0.5) * 200 : 0), 326), 25.0)
            return [
                "foot": ground + Point(12, -6), "chest": ground + Point(4, -5 * unit),
                "hand": ground + Point(action == .wave ? 38 : 14, action == .wave ? -178 : -3.4 * unit),
                "eye": ground + Point(12, -7.4 * unit), "jaw": ground + Point(6, -6.4 * unit),
                "hair": ground + Point(-4, -8.2 * unit), "mouth": ground + Point(10, -6.7 * unit),
            ]
        case .fox:
            return [
                "foot": centre + Point(50, 124), "eye": centre + Point(96, 0), "jaw": centre + Point(150, 14),
                "hair": centre + Point(-150, 22),
            ]
        default: return [:]
        }
    }
}
