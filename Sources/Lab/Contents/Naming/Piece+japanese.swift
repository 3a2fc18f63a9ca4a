import Domain

extension Piece {
    /// `#03/GYS_#03_C125_原画_T2.psd`, `#03_C125_LO.png`, `C125/A/A0001.tga`, `Ｃ１２５_作監修正.jpg`.
    func japanese(in production: StorageWorld.Production) -> NamedPiece {
        let code = production.codes[0]
        let folder = "\(production.folder)/#\(episode.digits(2))/"
        var work = WorkName()
        work.series = code
        work.episode = episode
        work.cut = cut.digits(3)
        work.step = step.japanese == "動画" && layer != nil ? nil : step.english
        work.tradition = "japanese"
        let path: String
        if let frame, let layer {
            work.layer = layer
            work.frame = frame
            path = "\(folder)C\(cut.digits(3))/\(layer)/\(layer)\(frame.digits(4)).\(fileExtension)"
        } else if pattern % 4 == 0 {
            path = "\(folder)#\(episode.digits(2))_C\(cut.digits(3))_\(step.japanese).\(fileExtension)"
        } else if pattern % 4 == 1 {
            path = "\(folder)Ｃ\(cut.wideDigits(3))_\(step.japanese).\(fileExtension)"
        } else {
            work.take = take ?? 1
            path =
                "\(folder)\(code)_#\(episode.digits(2))_C\(cut.digits(3))_\(step.japanese)_T\(take ?? 1).\(fileExtension)"
        }
        return NamedPiece(path: Array(path.utf8), work: work, evidence: .name, encoding: .utf8)
    }
}
