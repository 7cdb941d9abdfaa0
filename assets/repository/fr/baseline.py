"""Les baselines : ce que font les modèles les plus simples, avant tout réseau : python baseline.py."""

from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

import data
import measure

MODELS = {
    "classe la plus fréquente": DummyClassifier(strategy="most_frequent"),
    "plus proche voisin": KNeighborsClassifier(n_neighbors=1),
    "régression logistique": LogisticRegression(max_iter=200),
}


def main() -> dict[str, float]:
    """Ajuste chaque modèle sur l’entraînement ; affiche et rend son exactitude sur la validation."""
    images, labels = data.load("train")
    unseen, truth = data.load("validation")
    found = {}
    for name, model in MODELS.items():
        answers = model.fit(images, labels).predict(unseen)
        print(measure.report(name, truth, answers))
        found[name] = measure.accuracy(truth, answers)
    return found


if __name__ == "__main__":
    main()
