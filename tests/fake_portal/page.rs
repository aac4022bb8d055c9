//! The limits of one page.

use super::error::ApiError;
use super::request::Request;

fn number(request: &Request, name: &str, otherwise: i64) -> Result<i64, ApiError> {
    let Some(text) = request.parameter(name) else { return Ok(otherwise) };
    text.parse().map_err(|_| ApiError::parameter(name, text, "an integer"))
}

/// Offset and limit of a page: at most 100 rows, of the first 10,000; with groups 20,000 of 20,000.
pub fn page(request: &Request, grouped: bool) -> Result<(usize, usize), ApiError> {
    let (most, end) = if grouped { (20_000, 20_000) } else { (100, 10_000) };
    let limit = number(request, "limit", 10)?;
    if !(-1..=most).contains(&limit) {
        let expected = format!("-1 <= limit <= {most}");
        return Err(ApiError::parameter("limit", &limit.to_string(), &expected));
    }
    let limit = if limit == -1 { most } else { limit };
    let offset = number(request, "offset", 0)?;
    if offset < 0 {
        return Err(ApiError::parameter("offset", &offset.to_string(), "0 <= offset"));
    }
    // With groups the whole page may be the end itself: limit 20000 is allowed by the reference.
    let over = if grouped { offset + limit > end } else { offset + limit >= end };
    if over {
        let found = (offset + limit).to_string();
        let expected = format!("offset + limit < {end}");
        return Err(ApiError::parameter("offset + limit", &found, &expected));
    }
    Ok((offset as usize, limit as usize))
}

/// The most rows of an export: none for all.
pub fn export_limit(request: &Request) -> Result<Option<usize>, ApiError> {
    if let Some(offset) = request.parameter("offset") {
        return Err(ApiError::parameter("offset", offset, "no offset in an export"));
    }
    match number(request, "limit", -1)? {
        -1 => Ok(None),
        limit => usize::try_from(limit)
            .map(Some)
            .map_err(|_| ApiError::parameter("limit", &limit.to_string(), "-1 <= limit")),
    }
}
