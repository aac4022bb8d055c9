//! PROJ itself: contexts, objects and the few calls Belfort makes, in safe clothes.
//!
//! PROJ is a C library, so this module alone of the room has unsafe code. It calls `proj-sys`
//! directly, not through the crate `proj`: that one cleans up PROJ's global state whenever an
//! object is dropped, while other threads work with it, stops an array at its first bad position,
//! and cannot identify a CRS or tell the operation in use.
//!
//! What keeps it sound: every [`Object`] holds its [`Context`] by `Rc`, so neither leaves its
//! thread nor outlives it (PROJ: one context per thread); every pointer made here is destroyed
//! once, on drop; texts that PROJ returns belong to PROJ and are copied at once.
#![allow(unsafe_code, reason = "a C library; see above")]

use std::ffi::{CStr, CString, c_char};
use std::ptr::{null, null_mut};
use std::rc::Rc;

use proj_sys as c;

/// The name under which PROJ keeps the register that was built into it.
const EMBEDDED_REGISTER: &CStr = c"__embedded_proj_db__";

/// PROJ's state for one thread: its register, its settings.
struct Context(*mut c::PJ_CONTEXT);

impl Context {
    fn new() -> Context {
        // SAFETY: the pointer is checked by every function it is given to (null is PROJ's own
        // default context), and freed in `drop` only.
        unsafe {
            let context = c::proj_context_create();
            // Failures come back as values; PROJ would print them to stderr as well.
            c::proj_log_level(context, c::PJ_LOG_LEVEL_PJ_LOG_NONE);
            c::proj_context_set_enable_network(context, 0);
            // Another program's PROJ_DATA may point at the register of another version. Where
            // this fails, PROJ goes on looking for one by itself.
            c::proj_context_set_database_path(context, EMBEDDED_REGISTER.as_ptr(), null(), null());
            Context(context)
        }
    }

    /// What PROJ said about its last failure.
    fn failure(&self) -> String {
        // SAFETY: the context lives; the text is copied before the next call.
        unsafe {
            let number = c::proj_context_errno(self.0);
            text(c::proj_context_errno_string(self.0, number)).unwrap_or_default()
        }
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: made by `new`, and no object is left that uses it (each holds an `Rc`).
        unsafe {
            c::proj_context_destroy(self.0);
        }
    }
}

thread_local! {
    static CONTEXT: Rc<Context> = Rc::new(Context::new());
}

/// The context of this thread; a short-lived one while the thread ends.
fn context() -> Rc<Context> {
    CONTEXT.try_with(Rc::clone).unwrap_or_else(|_| Rc::new(Context::new()))
}

/// A text of PROJ's, copied; none for a null pointer.
///
/// # Safety
/// The pointer is null or a C string that lives until this returns.
unsafe fn text(pointer: *const c_char) -> Option<String> {
    if pointer.is_null() {
        return None;
    }
    // SAFETY: the caller's promise.
    let found = unsafe { CStr::from_ptr(pointer) };
    Some(found.to_string_lossy().into_owned())
}

/// The version of PROJ.
pub(super) fn version() -> String {
    // SAFETY: the texts that PROJ gives of itself live as long as the program.
    unsafe { text(c::proj_info().version) }.unwrap_or_default()
}

/// What the register says of itself under a key; none where it does not.
pub(super) fn register_fact(key: &CStr) -> Option<String> {
    let context = context();
    // SAFETY: a live context and a C string; the answer belongs to the context.
    unsafe { text(c::proj_context_get_database_metadata(context.0, key.as_ptr())) }
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Longitude and latitude.
    Geographic,
    /// A CRS on a plane.
    Projected,
    /// A CRS with another for heights.
    Compound,
    /// A CRS with the way to WGS 84 bound to it (`TOWGS84`).
    Bound,
    /// Another CRS: on an engineer's own plane, or in space.
    OtherCrs,
    /// A step that only computes: exact.
    Conversion,
    /// Anything else.
    Other,
}

/// A CRS or an operation. Belongs to one thread.
pub(super) struct Object {
    pointer: *mut c::PJ,
    context: Rc<Context>,
}

impl Drop for Object {
    fn drop(&mut self) {
        // SAFETY: made by PROJ for us, destroyed only here, before its context.
        unsafe {
            c::proj_destroy(self.pointer);
        }
    }
}

impl Object {
    fn from_pointer(pointer: *mut c::PJ, context: Rc<Context>) -> Option<Object> {
        (!pointer.is_null()).then_some(Object { pointer, context })
    }

    /// A CRS from the register: `EPSG`, `31370`.
    pub(super) fn from_register(authority: &str, code: &str) -> Option<Object> {
        let context = context();
        let authority = CString::new(authority).ok()?;
        let code = CString::new(code).ok()?;
        // SAFETY: live pointers to C strings.
        let pointer = unsafe {
            c::proj_create_from_database(
                context.0,
                authority.as_ptr(),
                code.as_ptr(),
                c::PJ_CATEGORY_PJ_CATEGORY_CRS,
                0,
                null(),
            )
        };
        Object::from_pointer(pointer, context)
    }

    /// An object from WKT of any kind.
    pub(super) fn from_wkt(wkt: &str) -> Result<Object, String> {
        let context = context();
        let wkt = CString::new(wkt).map_err(|error| error.to_string())?;
        let mut errors: c::PROJ_STRING_LIST = null_mut();
        // SAFETY: live pointers; the list of errors is read and destroyed below.
        let pointer = unsafe {
            c::proj_create_from_wkt(context.0, wkt.as_ptr(), null(), null_mut(), &raw mut errors)
        };
        // SAFETY: PROJ gave the list (or left null), which is not used afterwards.
        let detail = unsafe { take_list(errors) };
        Object::from_pointer(pointer, Rc::clone(&context))
            .ok_or_else(|| if detail.is_empty() { context.failure() } else { detail.join("; ") })
    }

    /// An object from PROJJSON.
    pub(super) fn from_projjson(json: &str) -> Result<Object, String> {
        let context = context();
        let json = CString::new(json).map_err(|error| error.to_string())?;
        // SAFETY: live pointers. PROJ also reads other notations here, which do no harm.
        let pointer = unsafe { c::proj_create(context.0, json.as_ptr()) };
        Object::from_pointer(pointer, Rc::clone(&context)).ok_or_else(|| context.failure())
    }

    /// The name.
    pub(super) fn name(&self) -> String {
        // SAFETY: the object lives; the text is copied at once.
        unsafe { text(c::proj_get_name(self.pointer)) }.unwrap_or_default()
    }

    /// Authority and code, as the definition states them.
    pub(super) fn id(&self) -> Option<(String, String)> {
        // SAFETY: as in `name`.
        unsafe {
            let authority = text(c::proj_get_id_auth_name(self.pointer, 0))?;
            Some((authority, text(c::proj_get_id_code(self.pointer, 0))?))
        }
    }

    /// What it is.
    pub(super) fn kind(&self) -> Kind {
        // SAFETY: the object lives.
        let (kind, is_crs) =
            unsafe { (c::proj_get_type(self.pointer), c::proj_is_crs(self.pointer) != 0) };
        match kind {
            c::PJ_TYPE_PJ_TYPE_GEOGRAPHIC_2D_CRS | c::PJ_TYPE_PJ_TYPE_GEOGRAPHIC_3D_CRS => {
                Kind::Geographic
            }
            c::PJ_TYPE_PJ_TYPE_PROJECTED_CRS => Kind::Projected,
            c::PJ_TYPE_PJ_TYPE_COMPOUND_CRS => Kind::Compound,
            c::PJ_TYPE_PJ_TYPE_BOUND_CRS => Kind::Bound,
            c::PJ_TYPE_PJ_TYPE_CONVERSION => Kind::Conversion,
            _ if is_crs => Kind::OtherCrs,
            _ => Kind::Other,
        }
    }

    /// The CRS for x and y without heights and without a bound way to WGS 84.
    pub(super) fn bare(self) -> Object {
        // SAFETY: live pointers; a null result is handled by `from_pointer`.
        let inner = unsafe {
            match self.kind() {
                Kind::Compound => c::proj_crs_get_sub_crs(self.context.0, self.pointer, 0),
                Kind::Bound => c::proj_get_source_crs(self.context.0, self.pointer),
                _ => return self,
            }
        };
        match Object::from_pointer(inner, Rc::clone(&self.context)) {
            // One inside the other occurs: a compound of a bound CRS and heights.
            Some(inner) => inner.bare(),
            None => self,
        }
    }

    /// WKT as ESRI's programs write it in .prj files.
    pub(super) fn esri_wkt(&self) -> Option<String> {
        self.wkt(c::PJ_WKT_TYPE_PJ_WKT1_ESRI)
    }

    /// WKT of the OGC's first form (01-009), as GDAL writes it.
    pub(super) fn ogc_wkt(&self) -> Option<String> {
        self.wkt(c::PJ_WKT_TYPE_PJ_WKT1_GDAL)
    }

    /// WKT of ISO 19162:2019.
    pub(super) fn iso_wkt(&self) -> Option<String> {
        self.wkt(c::PJ_WKT_TYPE_PJ_WKT2_2019)
    }

    fn wkt(&self, form: c::PJ_WKT_TYPE) -> Option<String> {
        let options = [c"MULTILINE=NO".as_ptr(), null()];
        // SAFETY: live pointers, the options end in null, the text is copied at once.
        unsafe { text(c::proj_as_wkt(self.context.0, self.pointer, form, options.as_ptr())) }
    }

    /// PROJJSON, on one line.
    pub(super) fn projjson(&self) -> Option<String> {
        let options = [c"MULTILINE=NO".as_ptr(), null()];
        // SAFETY: as in `wkt`.
        unsafe { text(c::proj_as_projjson(self.context.0, self.pointer, options.as_ptr())) }
    }

    /// Entries of the EPSG register that look like this CRS, with PROJ's confidence in percent:
    /// 100 and 90 for the same definition and name, 70 for the same definition, 25 for a hunch.
    pub(super) fn identify(&self) -> Vec<(Object, i32)> {
        let mut confidences: *mut i32 = null_mut();
        // SAFETY: live pointers. The list and the confidences, as long as the list, are read
        // within their length and destroyed once.
        unsafe {
            let list = c::proj_identify(
                self.context.0,
                self.pointer,
                c"EPSG".as_ptr(),
                null(),
                &raw mut confidences,
            );
            let mut found = Vec::new();
            if !list.is_null() {
                for at in 0..c::proj_list_get_count(list) {
                    let entry = c::proj_list_get(self.context.0, list, at);
                    let confidence = match usize::try_from(at) {
                        Ok(at) if !confidences.is_null() => *confidences.add(at),
                        _ => 0,
                    };
                    let entry = Object::from_pointer(entry, Rc::clone(&self.context));
                    found.extend(entry.map(|entry| (entry, confidence)));
                }
                c::proj_list_destroy(list);
            }
            if !confidences.is_null() {
                c::proj_int_list_destroy(confidences);
            }
            found
        }
    }

    /// Whether both define the same CRS, the order of axes and names aside.
    pub(super) fn is_equivalent_to(&self, other: &Object) -> bool {
        // SAFETY: live pointers.
        unsafe {
            c::proj_is_equivalent_to_with_ctx(
                self.context.0,
                self.pointer,
                other.pointer,
                c::PJ_COMPARISON_CRITERION_PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS,
            ) != 0
        }
    }

    /// West, south, east and north of the area a CRS is made for, in degrees.
    pub(super) fn area_of_use(&self) -> Option<[f64; 4]> {
        let [mut west, mut south, mut east, mut north] = [f64::NAN; 4];
        // SAFETY: live pointers to our own numbers; the name is not asked for.
        let known = unsafe {
            c::proj_get_area_of_use(
                self.context.0,
                self.pointer,
                &raw mut west,
                &raw mut south,
                &raw mut east,
                &raw mut north,
                null_mut(),
            )
        };
        // PROJ writes −1000 for a bound it does not know.
        let area = [west, south, east, north];
        (known != 0 && area.iter().all(|bound| *bound >= -360.0)).then_some(area)
    }

    /// The direction of the first axis as the definition has it (`north`, `east`); none where it has
    /// no axes.
    pub(super) fn first_axis(&self) -> Option<String> {
        // SAFETY: live pointers, the system of axes destroyed by its `Object`; the text is copied
        // while that lives, and what is not asked for is null.
        unsafe {
            let axes = c::proj_crs_get_coordinate_system(self.context.0, self.pointer);
            let axes = Object::from_pointer(axes, Rc::clone(&self.context))?;
            let mut direction: *const c_char = null();
            let known = c::proj_cs_get_axis_info(
                self.context.0,
                axes.pointer,
                0,
                null_mut(),
                null_mut(),
                &raw mut direction,
                null_mut(),
                null_mut(),
                null_mut(),
                null_mut(),
            );
            if known == 0 { None } else { text(direction) }
        }
    }

    /// The operation from this CRS to another, with x (east, longitude) before y on both sides.
    pub(super) fn operation_to(&self, target: &Object) -> Result<Object, String> {
        // SAFETY: live pointers; the first object is destroyed by its `Object` once the second,
        // which does not depend on it, was made.
        unsafe {
            let made = c::proj_create_crs_to_crs_from_pj(
                self.context.0,
                self.pointer,
                target.pointer,
                null_mut(),
                null(),
            );
            let made = Object::from_pointer(made, Rc::clone(&self.context))
                .ok_or_else(|| self.context.failure())?;
            let turned = c::proj_normalize_for_visualization(self.context.0, made.pointer);
            Object::from_pointer(turned, Rc::clone(&self.context))
                .ok_or_else(|| self.context.failure())
        }
    }

    /// Runs an operation over positions, in place. One that fails becomes infinite.
    pub(super) fn run(&self, xy: &mut [[f64; 2]]) {
        const STRIDE: usize = size_of::<[f64; 2]>();
        let count = xy.len();
        let start: *mut f64 = xy.as_mut_ptr().cast();
        if count == 0 {
            return;
        }
        // SAFETY: x and y are the first and second number of each of `count` pairs, `STRIDE`
        // bytes apart, in a slice borrowed for writing; PROJ reads and writes just those. Heights
        // and times are left out, which PROJ allows.
        unsafe {
            c::proj_errno_reset(self.pointer);
            c::proj_trans_generic(
                self.pointer,
                c::PJ_DIRECTION_PJ_FWD,
                start,
                STRIDE,
                count,
                start.add(1),
                STRIDE,
                count,
                null_mut(),
                0,
                0,
                null_mut(),
                0,
                0,
            );
        }
    }

    /// Of an operation with several candidates the one that ran last; itself where it is one.
    pub(super) fn last_used(&self) -> Option<Object> {
        // SAFETY: the object lives; the result is a copy of our own.
        let used = unsafe { c::proj_trans_get_last_used_operation(self.pointer) };
        Object::from_pointer(used, Rc::clone(&self.context))
    }

    /// The accuracy of an operation in metres, where PROJ states one.
    pub(super) fn accuracy(&self) -> Option<f64> {
        // SAFETY: live pointers.
        let metres = unsafe { c::proj_coordoperation_get_accuracy(self.context.0, self.pointer) };
        (metres >= 0.0).then_some(metres)
    }

    /// The steps of an operation that has several; none for a single one.
    pub(super) fn steps(&self) -> Vec<Object> {
        // SAFETY: live pointers; steps are asked for within their count.
        unsafe {
            let count = c::proj_concatoperation_get_step_count(self.context.0, self.pointer);
            let step = |at| c::proj_concatoperation_get_step(self.context.0, self.pointer, at);
            (0..count)
                .filter_map(|at| Object::from_pointer(step(at), Rc::clone(&self.context)))
                .collect()
        }
    }
}

/// The texts of a list, which is destroyed.
///
/// # Safety
/// The list is null or was given by PROJ, and is not used afterwards.
unsafe fn take_list(list: c::PROJ_STRING_LIST) -> Vec<String> {
    let mut texts = Vec::new();
    if list.is_null() {
        return texts;
    }
    // SAFETY: PROJ's lists end in a null pointer.
    unsafe {
        let mut at = list;
        while let Some(found) = text(*at) {
            texts.push(found);
            at = at.add(1);
        }
        c::proj_string_list_destroy(list);
    }
    texts
}
