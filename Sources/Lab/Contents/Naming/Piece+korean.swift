import Domain

extension Piece {
    /// `3화12컷수정.psd`, `솔바람_03화_012컷_원화_T1.png`, `3화_c012_동화_0001.png`; some with their letters taken apart.
    func korean(in production: StorageWorld.Production) -> NamedPiece {
        let code = production.codes[0]
        let folder = "\(production.folder)/\(episode.digits(2))화/"
        var work = WorkName()
        work.series = code
        work.episode = episode
        work.cut = cut.digits(3)
        work.step = step.english
        work.tradition = "korean"
        let path: String
        if let frame {
            work.frame = frame
            let stem = "\(episode)화_c\(cut.digits(3))_\(step.korean)"
            path = "\(folder)c\(cut.digits(3))_\(step.korean)/\(stem)_\(frame.digits(4)).\(fileExtension)"
        } else if pattern % 3 == 0 {
            work.cut = String(cut)
            work.step = Step.retake.english
            path = "\(folder)\(episode)화\(cut)컷\(Step.retake.korean).\(fileExtension)"
        } else {
            work.take = take ?? 1
            let stem = "\(code)_\(episode.digits(2))화_\(cut.digits(3))컷_\(step.korean)_T\(take ?? 1)"
            path = "\(folder)\(stem).\(fileExtension)"
        }
        let text = pattern % 2 == 0 ? path : TextEncoding.decomposed(path)
        return NamedPiece(path: Array(text.utf8), work: work, evidence: .name, encoding: .utf8)
    }

    /// The piece's path below the home, by the habit of the production.
    func named(in production: StorageWorld.Production) -> NamedPiece {
        if production.hidden { return bare(in: production) }
        return switch production.tradition {
        case .western: western(in: production)
        case .japanese: japanese(in: production)
        case .chinese: chinese(in: production)
        case .korean: korean(in: production)
        }
    }
}
