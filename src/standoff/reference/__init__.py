"""Facts that ship with the package: each with its source, release, date and check.

Geography: :func:`find_places`, :func:`readings`, :func:`distance`, :func:`coast_to_coast`.
Means: :func:`milex`, :func:`nuclear_status`, :func:`warheads`. Ties: :func:`holds`.
Units: :func:`convert`, :func:`canonical_unit`.
"""

from standoff.reference.alliances import (
    Obligation,
    ObligationAnswer,
    allies_of,
    holds,
    obligations,
)
from standoff.reference.coastlines import (
    LandUnit,
    Polygon,
    land_polygons,
    land_units,
    main_polygon,
    polygon_at,
    polygons_of,
)
from standoff.reference.geodesy import (
    KM_PER_NMI,
    Distance,
    GeoPoint,
    coast_to_coast,
    geodesic_circle,
    geodesic_km,
    point_to_coast,
    point_to_point,
    within,
)
from standoff.reference.milex import (
    MILEX_MEASURES,
    Coverage,
    Milex,
    milex,
    milex_actors,
    milex_ranks,
)
from standoff.reference.nuclear import (
    NuclearFact,
    is_latent,
    latency,
    nuclear_status,
    warheads,
)
from standoff.reference.outlines import Outline, outline_of_state
from standoff.reference.places import (
    Gazetteer,
    Place,
    PlaceKind,
    ancestors,
    find_places,
    gazetteer,
    is_part_of,
    place,
    places,
    suggest_places,
)
from standoff.reference.regions import distance, nearest_land, outline_of, readings
from standoff.reference.units import (
    CURRENCIES,
    canonical_unit,
    convert,
    dimension_of,
    is_exact,
    likely_slips,
)

__all__ = [
    "CURRENCIES",
    "KM_PER_NMI",
    "MILEX_MEASURES",
    "Coverage",
    "Distance",
    "Gazetteer",
    "GeoPoint",
    "LandUnit",
    "Milex",
    "NuclearFact",
    "Obligation",
    "ObligationAnswer",
    "Outline",
    "Place",
    "PlaceKind",
    "Polygon",
    "allies_of",
    "ancestors",
    "canonical_unit",
    "coast_to_coast",
    "convert",
    "dimension_of",
    "distance",
    "find_places",
    "gazetteer",
    "geodesic_circle",
    "geodesic_km",
    "holds",
    "is_exact",
    "is_latent",
    "is_part_of",
    "land_polygons",
    "land_units",
    "latency",
    "likely_slips",
    "main_polygon",
    "milex",
    "milex_actors",
    "milex_ranks",
    "nearest_land",
    "nuclear_status",
    "obligations",
    "outline_of",
    "outline_of_state",
    "place",
    "places",
    "point_to_coast",
    "point_to_point",
    "polygon_at",
    "polygons_of",
    "readings",
    "suggest_places",
    "warheads",
    "within",
]
